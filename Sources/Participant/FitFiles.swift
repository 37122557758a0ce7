import Files
import BIDS
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
    let description = FitDescription(of: run, maps: maps.map { ($0.statistic, $0.meaning) })
    try files.write(try description.indentedJSON, names.run(run.run, "fit.json"))
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
      (
        "dof", fit.degreesOfFreedomMap,
        "The degrees of freedom of every t of the run, and the denominator's of every F"
      ),
    ]
  }
}
