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
      "Noise coefficients were averaged inside the mask with a Gaussian of"
        + " \(request.regularisationFWHM) mm FWHM, from residual autocovariances up to lag"
        + " \(design.lagMatrix.usableLag)."
    )
    if design.lagMatrix.usableLag == 0 {
      notes.append("The kept volumes tell nothing of the noise's memory; none was modelled.")
    }
  }
  if noise.clippedCount > 0 {
    notes.append(
      "\(noise.clippedCount) of \(fitted) noise coefficients met a bound of"
        + " \(noiseMemoryRange.lowerBound) or \(noiseMemoryRange.upperBound)."
    )
  }
  if noise.undeterminedCount > 0 {
    notes.append(
      "\(noise.undeterminedCount) voxels had no determined noise coefficient and were fitted"
        + " without memory."
    )
  }
  return notes
}
