public import Atlas
public import Statistics

/// What a cluster table is made of.
public struct ClusterTableRequest: Sendable {
  /// The map's z, NaN where nothing was tested.
  public var z: [Float]

  /// The map's voxels.
  public var lattice: Lattice

  /// The |z| that forms clusters.
  public var threshold: Float

  /// The statistics behind z.
  public var estimate: GroupEstimate

  /// The number of participants with a value, per voxel.
  public var counts: [Int]

  /// What rearranging participants said; `nil` without.
  public var permutation: PermutationResult?

  /// The regions' names, in the map's space.
  public var atlas: RegionAtlas?

  /// How peaks are chosen.
  public var peaks: PeakRule

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - z: The map's z, NaN where nothing was tested.
  ///   - lattice: The map's voxels.
  ///   - threshold: The |z| that forms clusters.
  ///   - estimate: The statistics behind z.
  ///   - counts: The number of participants with a value, per voxel.
  ///   - permutation: What rearranging participants said.
  ///   - atlas: The regions' names, in the map's space.
  ///   - peaks: How peaks are chosen.
  public init(
    z: [Float],
    lattice: Lattice,
    threshold: Float,
    estimate: GroupEstimate,
    counts: [Int],
    permutation: PermutationResult? = nil,
    atlas: RegionAtlas? = nil,
    peaks: PeakRule = PeakRule()
  ) {
    (self.z, self.lattice, self.threshold) = (z, lattice, threshold)
    (self.estimate, self.counts) = (estimate, counts)
    (self.permutation, self.atlas, self.peaks) = (permutation, atlas, peaks)
  }
}
