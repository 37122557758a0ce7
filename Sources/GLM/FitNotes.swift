internal import Design
internal import GLMKernel
internal import Job

/// Says what the reader of a report should know of a fit.
///
/// - Parameters:
///   - request: The run.
///   - designs: Its designs.
///   - noise: The coefficients.
///   - unusable: The number of voxels without an answer.
///   - fitted: The number of voxels with one.
/// - Returns: One sentence each.
func fitNotes(
  _ request: RunFitRequest,
  designs: [KernelDesign],
  noise: NoiseCoefficients,
  unusable: Int,
  fitted: Int
) -> [String] {
  var notes: [String] = []
  let redundant = Set(designs.flatMap(\.redundantColumns)).sorted()
  if !redundant.isEmpty {
    let names = redundant.map { request.designs[0].names[$0] }
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
        + " \(request.regularisationFWHM) mm FWHM, up to lag"
        + " \(request.noise == .ar1 ? 1 : (designs.first?.lagPairs.count ?? 1) - 1)."
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
  return notes
}

/// Says what the reader of a report must know of a fit.
///
/// - Parameters:
///   - designs: The run's designs.
///   - noise: The coefficients.
/// - Returns: One sentence each.
func fitWarnings(designs: [KernelDesign], noise: NoiseCoefficients) -> [String] {
  var warnings: [String] = []
  if noise.undeterminedCount > 0 {
    warnings.append(
      "The kept volumes tell nothing of the memory of the noise in \(noise.undeterminedCount) voxels,"
        + " which were fitted as if it had none: their p values are too small if it has"
    )
  }
  let degrees = designs.map(\.degreesOfFreedom)
  if let least = degrees.min(), let most = degrees.max(), least < most {
    warnings.append(
      "A regressor cannot be told from others in some slices, so their voxels have \(most) degrees of"
        + " freedom where others have \(least); tables say \(least)"
    )
  }
  return warnings
}
