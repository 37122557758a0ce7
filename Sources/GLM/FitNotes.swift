internal import Design
internal import GLMKernel
internal import Job

/// Says what the reader of a report should know of a fit.
///
/// - Parameters:
///   - request: The run.
///   - design: Its first design.
///   - noise: The coefficients.
///   - unusable: The number of voxels without an answer.
///   - fitted: The number of voxels with one.
/// - Returns: One sentence each.
func fitNotes(
  _ request: RunFitRequest,
  design: KernelDesign,
  noise: NoiseCoefficients,
  unusable: Int,
  fitted: Int
) -> [String] {
  var notes: [String] = []
  if !design.redundantColumns.isEmpty {
    let names = design.redundantColumns.map { request.designs[0].names[$0] }
    notes.append(
      "The kept volumes cannot tell these design columns from others, so they add nothing: "
        + names.joined(separator: ", ") + "."
    )
  }
  if unusable > 0 {
    notes.append(
      "\(unusable) of \(unusable + fitted) voxels have no result: their series is constant or not"
        + " finite, or they have no baseline."
    )
  }
  if request.noise != .ols {
    notes.append(
      "What residuals tell of the noise was averaged inside the mask with a Gaussian of"
        + " \(request.regularisationFWHM) mm FWHM, up to lag \(design.lagPairs.count - 1)."
    )
  }
  if noise.clippedCount > 0 {
    let bounds = noiseMemoryRange
    notes.append(
      request.noise == .ar1
        ? "\(noise.clippedCount) of \(fitted) noise coefficients met a bound of"
          + " \(bounds.lowerBound) or \(bounds.upperBound)."
        : "The noise of \(noise.clippedCount) of \(fitted) voxels has no memory, for successive volumes"
          + " oppose each other, or a memory of \(bounds.upperBound), the longest that is modelled."
    )
  }
  if noise.undeterminedCount > 0 {
    notes.append(
      "The kept volumes tell nothing of the memory of the noise in \(noise.undeterminedCount) voxels,"
        + " which were fitted without."
    )
  }
  return notes
}
