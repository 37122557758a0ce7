/// The voxels of a mask that belong to a region, each with its share.
public struct RegionWeights: Sendable {
  /// The region.
  public let region: Region

  /// The places in the mask, ascending, each with the share of the voxel that the region takes,
  /// above 0 to 1.
  public let voxels: [(place: Int, weight: Double)]

  /// The share of the region's own volume, in the template, that lies inside the mask: 0 to 1, or
  /// NaN where the region has no voxel in the atlas.
  public let coverage: Double

  /// Creates the weights of a region.
  ///
  /// - Parameters:
  ///   - region: The region.
  ///   - voxels: The places in the mask, ascending, each with its share.
  ///   - coverage: The share of the region's volume that lies inside the mask.
  public init(region: Region, voxels: [(place: Int, weight: Double)], coverage: Double) {
    self.region = region
    self.voxels = voxels
    self.coverage = coverage
  }

  /// Returns what is left of the region where some voxels of the mask are out.
  ///
  /// - Parameter isUsable: Whether a voxel takes part, by its place in the mask.
  /// - Returns: The region with the usable voxels; its coverage falls by the share of weight lost.
  public func keeping(_ isUsable: (Int) -> Bool) -> RegionWeights {
    let kept = voxels.filter { isUsable($0.place) }
    guard kept.count < voxels.count else { return self }
    let left = kept.reduce(0) { $0 + $1.weight }
    return RegionWeights(region: region, voxels: kept, coverage: coverage * left / totalWeight)
  }

  /// The sum of the shares, in voxels.
  public var totalWeight: Double { voxels.reduce(0) { $0 + $1.weight } }

  /// What a reader should know of a region that is small or not in view.
  public var flags: [RegionFlag] {
    let total = totalWeight
    if total == 0 { return [.empty] }
    return total < 2 ? [.underTwoVoxels] : []
  }
}

/// What a reader should know of a region's numbers.
public enum RegionFlag: String, CaseIterable, Sendable {
  /// No voxel of the mask belongs to the region.
  case empty

  /// The shares sum to less than two voxels.
  case underTwoVoxels = "under_2_voxels"

  /// Less of the region is in view than a cohort needs.
  case lowCoverage = "low_coverage"

  /// A run that answers the contrast sees no voxel of the region and is no part of the estimate.
  case fewerRuns = "fewer_runs"
}
