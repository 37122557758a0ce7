import BIDS
import Files
import GLM
import Imaging
import Realignment

/// The files that say how a run's fit went, beside the maps of its contrasts.
struct FitFiles {
  /// The run.
  let run: RunResult

  /// The names of the session's files.
  let names: ResultNames

  /// The space entity of native maps, where they carry one.
  let space: String?

  /// Writes the maps and the description.
  ///
  /// - Parameter files: What is written to.
  /// - Throws: The error of a file that cannot be written.
  func write(to files: inout ResultFiles) throws {
    for map in maps {
      let name = names.map(of: run.run, space: space, statistic: map.statistic)
      try files.write(map.values, name, isTemplate: space != nil, map.statistic)
    }
    try files.write(description, names.run(run.run, "fit.json"))
  }

  /// The maps by the word for their statistic, with what they hold.
  private var maps: [(statistic: String, values: MaskedMap, meaning: String)] {
    let fit = run.fit
    let correlations = fit.residualAutocorrelation.enumerated().map { place, map in
      (
        "residAutocorr\(place + 1)", map,
        "The correlation of the least-squares residuals at lag \(place + 1), neither freed of the "
          + "design's bias nor whitened"
      )
    }
    return [
      ("rSquare", fit.rSquared, "The share of variance over time that the design explains, 0 to 1")
    ] + correlations + [
      ("noiseMemory", fit.noiseMemory, "The memory of the noise that the voxel was fitted with"),
      ("noiseShare", fit.noiseShare, "The share of the noise that has memory, 0 to 1"),
      (
        "residStd", fit.residualStandardDeviation,
        "The standard deviation of the noise, in percent signal change"
      ),
      ("dof", fit.degreesOfFreedomMap, "The degrees of freedom of every t of the run"),
    ]
  }

  /// The numbers of the whole run and the meanings of the maps, as JSON.
  private var description: String {
    let fwhm = run.fit.residualFWHM
    let widths = [fwhm.x, fwhm.y, fwhm.z].map { $0.isFinite ? fixed($0, digits: 4) : "null" }
    let median = median(of: run.fit.rSquared.values.filter(\.isFinite))
    let meanings = maps.map { "    \"\($0.statistic)\": \"\($0.meaning)\"" }
    return """
      {
        "Volumes": \(run.motion.poses.count),
        "KeptVolumes": \(run.keptVolumes.count),
        "DegreesOfFreedom": \(number(run.fit.degreesOfFreedom)),
        "VoxelsWithoutResult": \(run.fit.unusableVoxelCount),
        "MedianRSquare": \(median.isFinite ? fixed(median, digits: 6) : "null"),
        "ResidualFWHM": [\(widths.joined(separator: ", "))],
        "ResidualFWHMMeaning": "full width at half maximum of the residuals along the image's axes, in mm",
        "Maps": {
      \(meanings.joined(separator: ",\n"))
        }
      }

      """
  }
}
