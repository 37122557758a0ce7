/// What rearranging participants says of one contrast.
public struct PermutationResult: Sendable {
  /// The contrast.
  public let contrast: GroupContrast

  /// The data's own z, by Hill's approximation as in all arrangements; NaN where nothing is tested.
  public let z: [Float]

  /// The family-wise p of every voxel, by the largest |z| of both signs.
  public let p: [Double]

  /// The largest |z| of every arrangement.
  public let maxima: MaximumDistribution

  /// The clusters, where they were asked for.
  public let clusters: ClusterInference?

  /// The enhanced map, where it was asked for.
  public let enhanced: EnhancedInference?

  /// What was rearranged, and how often.
  public let arrangements: Arrangements

  /// The smallest p that can come of so many arrangements.
  public var smallestP: Double { maxima.smallestP }
}

/// The clusters of a map, and how often rearranged maps have larger ones.
public struct ClusterInference: Sendable {
  /// The |z| that forms them.
  public let threshold: Float

  /// The clusters of both signs.
  public let clusters: [Cluster]

  /// The family-wise p of each cluster's extent.
  public let extentP: [Double]

  /// The family-wise p of each cluster's mass.
  public let massP: [Double]

  /// The largest extent of every arrangement, in voxels.
  public let extents: MaximumDistribution

  /// The largest mass of every arrangement.
  public let masses: MaximumDistribution
}

/// An enhanced map, and how often rearranged maps reach it.
public struct EnhancedInference: Sendable {
  /// The enhanced values, with the sign of z.
  public let values: [Double]

  /// The family-wise p of every voxel; NaN where nothing is tested.
  public let p: [Double]

  /// The largest magnitude of every arrangement.
  public let maxima: MaximumDistribution
}
