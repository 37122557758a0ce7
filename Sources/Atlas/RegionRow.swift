/// One row of a region table: a region, a contrast, a participant.
public struct RegionRow: Equatable, Sendable {
  /// The participant's label, without `sub-`.
  public var participantID: String

  /// The session's label, without `ses-`.
  public var session: String?

  /// The task's label, without `task-`.
  public var task: String?

  /// The atlas' name.
  public var atlas: String

  /// The region's name.
  public var region: String

  /// The half of the brain it lies in.
  public var hemisphere: Hemisphere

  /// The contrast's name.
  public var contrast: String

  /// The sum of the shares of the voxels that belong to the region.
  public var voxels: Double

  /// The share of the region's volume inside the analysed brain, 0 to 1.
  public var coverage: Double?

  /// The effect of the region's mean series, in ``unit``.
  public var effect: Double?

  /// Its standard error, in ``unit``.
  public var standardError: Double?

  /// Effect over standard error, of a t contrast.
  public var t: Double?

  /// The F of an F contrast.
  public var f: Double?

  /// The numerator's degrees of freedom of ``f``.
  public var numeratorDegreesOfFreedom: Double?

  /// The degrees of freedom of ``t``, or the denominator's of ``f``.
  public var degreesOfFreedom: Double?

  /// The z with the sign and the two-sided p of ``t``; of ``f`` the z of 0 or more with its p.
  public var z: Double?

  /// The two-sided p of ``t``, or the upper-tail p of ``f``.
  public var p: Double?

  /// The sum of the positive weights of a t contrast.
  public var weightSum: Double?

  /// The run's label, without `run-`; `nil` where runs are combined.
  public var run: String?

  /// The number of runs that the estimate is made of.
  public var runCount: Int?

  /// The mean of the effects of the region's voxels, in ``unit``.
  public var meanVoxelEffect: Double?

  /// The share of the region's voxels above the threshold of FDR 5 % of the whole brain.
  public var shareFDR05: Double?

  /// The voxel z farthest from 0, with its sign.
  public var peakZ: Double?

  /// Where it lies in the template, in mm, RAS+.
  public var peak: SIMD3<Double>?

  /// Where it lies in scanner space, in mm, RAS+.
  public var peakNative: SIMD3<Double>?

  /// The name of the template space.
  public var space: String

  /// The unit of the effect.
  public var unit: String

  /// What the region is as seen from a side of the body; `nil` in a row of the left or right as such.
  public var laterality: Laterality?

  /// What that side is of.
  public var reference: SideReference?

  /// That side, the person's left or right; `nil` where it differs over runs, or both are meant.
  public var referenceSide: Hemisphere?

  /// What a reader should know of this row.
  public var flags: [RegionFlag]

  /// Creates a row whose numbers are all absent.
  ///
  /// - Parameters:
  ///   - participantID: The participant's label, without `sub-`.
  ///   - session: The session's label, without `ses-`.
  ///   - task: The task's label, without `task-`.
  ///   - run: The run's label, without `run-`; `nil` where runs are combined.
  ///   - contrast: The contrast's name.
  ///   - atlas: The atlas' name.
  ///   - weights: The region's voxels, which give name, side, voxels, coverage and flags.
  ///   - space: The name of the template space.
  ///   - unit: The unit of the effect.
  public init(
    participantID: String,
    session: String?,
    task: String?,
    run: String?,
    contrast: String,
    atlas: String,
    weights: RegionWeights,
    space: String,
    unit: String
  ) {
    self.participantID = participantID
    self.session = session
    self.task = task
    self.run = run
    self.contrast = contrast
    self.atlas = atlas
    region = weights.region.name
    hemisphere = weights.region.hemisphere
    voxels = weights.totalWeight
    coverage = weights.coverage.isFinite ? weights.coverage : nil
    flags = weights.flags
    self.space = space
    self.unit = unit
  }

  /// Takes over what the voxel maps say.
  ///
  /// - Parameter summary: The summary of the row's region and contrast.
  public mutating func take(_ summary: RegionSummary) {
    meanVoxelEffect = summary.meanVoxelEffect
    shareFDR05 = summary.shareAboveThreshold
    peakZ = summary.peakZ
    peak = summary.peakTemplatePosition
    peakNative = summary.peakNativePosition
  }
}
