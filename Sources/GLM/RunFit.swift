public import Design
public import Imaging
public import Job

/// The answer to one contrast, per voxel.
public struct ContrastEstimate: Sendable {
  /// The question.
  public let contrast: Contrast

  /// The effect, in % signal change; `nil` for F, which has none.
  public let effect: MaskedMap?

  /// The effect's variance, in % signal change squared; `nil` for F.
  public let variance: MaskedMap?

  /// t or F.
  public let statistic: MaskedMap

  /// The standard normal value with the same two-sided p, and the sign of t.
  public let z: MaskedMap

  /// The p value: two-sided for t, of the upper tail for F.
  public let p: MaskedMap

  /// The degrees of freedom of the residuals: kept volumes less rank; summed over combined runs.
  public let degreesOfFreedom: Double

  /// The numerator's degrees of freedom of an F; `nil` for t.
  public let numeratorDegreesOfFreedom: Double?

  /// What of an F can be combined over runs; `nil` for t.
  public let joint: JointMaps?
}

/// The fit of one run.
public struct RunFit: Sendable {
  /// One per contrast, in the order of the request.
  public let estimates: [ContrastEstimate]

  /// The memory of the noise that each voxel was fitted with; NaN where it was not.
  public let noiseMemory: MaskedMap

  /// The share of the noise that has memory, 0 to 1; NaN where the voxel was not fitted.
  public let noiseShare: MaskedMap

  /// The standard deviation of the noise itself, not whitened, in % signal change.
  public let residualStandardDeviation: MaskedMap

  /// The share of each voxel's variance over time that the design explains, 0 to 1.
  ///
  /// By least squares, about the mean where the design spans a constant and about 0 where not.
  public let rSquared: MaskedMap

  /// The correlations of the least-squares residuals at lags 1, 2 and 3.
  ///
  /// As they are: neither freed of the design's bias nor whitened. Fewer where volumes are few.
  public let residualAutocorrelation: [MaskedMap]

  /// How smooth the residuals are along the stored axes: the full width at half maximum, in mm; NaN
  /// along an axis without neighbours.
  public let residualFWHM: SIMD3<Double>

  /// The degrees of freedom of the residuals: kept volumes less rank; the least of the designs.
  public let degreesOfFreedom: Double

  /// The degrees of freedom of every voxel, by which its p and z are found; NaN where it was not
  /// fitted.
  public let degreesOfFreedomMap: MaskedMap

  /// How the noise's memory was modelled.
  public let noiseModel: Noise

  /// The full width at half maximum, in mm, over which what residuals tell of the noise was averaged;
  /// `nil` where no memory was modelled.
  public let noiseAveragingFWHM: Double?

  /// The number of lags that the noise was found from.
  public let noiseLagCount: Int

  /// The share of fitted voxels whose coefficient met a bound of ``noiseMemoryRange``, 0 to 1.
  public let clippedShare: Double

  /// The number of voxels without an answer: constant, not finite, or without a baseline.
  public let unusableVoxelCount: Int

  /// The number of voxels of whose noise the kept volumes tell nothing, fitted as if it were white.
  public let undeterminedVoxelCount: Int

  /// What the reader of a report must know, one sentence each.
  public let warnings: [String]

  /// What the reader of a report should know, one sentence each.
  public let notes: [String]
}

/// The memories that a fit may use; an estimate outside is moved to the nearest bound.
public let noiseMemoryRange = -0.5...0.97
