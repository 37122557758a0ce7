public import Atlas
public import Statistics

/// One region in a comparison by a design.
public struct ComparedRegion: Sendable {
  /// The region's name.
  public let region: String

  /// The half of the brain it lies in.
  public let hemisphere: Hemisphere

  /// What the design says of it; `nil` where too few participants have a value, or nothing varies.
  public let estimate: RegionEstimate?

  /// The smallest false discovery rate at which the region is accepted among its family.
  public let q: Double?

  /// Holm's adjusted p among its family.
  public let holmP: Double?

  /// The design's participants who have no value here, and why.
  public let leftOut: [LeftOut]
}

/// All regions of one atlas for one contrast of one task, by one contrast of a design.
public struct RegionFamily: Sendable {
  /// The task's label, without `task-`.
  public let task: String?

  /// The first-level contrast.
  public let contrast: String

  /// The atlas' name.
  public let atlas: String

  /// The contrast of the design.
  public let question: String

  /// The unit of effects.
  public let unit: String

  /// The regions, in the order of the tables.
  public let regions: [ComparedRegion]

  /// The two-sided level of each test that holds the family's.
  public let correctedLevel: Double

  /// What rearranging participants said, over the regions in their order; `nil` without.
  public let permutation: PermutationResult?
}
