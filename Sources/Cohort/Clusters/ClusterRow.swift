/// A share of a cluster that lies in a region.
public struct RegionShare: Equatable, Sendable {
  /// The region's name.
  public let region: String

  /// The share of the cluster's voxels, 0 to 1.
  public let share: Double
}

/// A peak of a cluster in a table.
public struct PeakRow: Equatable, Sendable {
  /// Where it lies, in mm of the map's space.
  public let position: SIMD3<Double>

  /// z, with its sign.
  public let z: Double

  /// t, or F.
  public let statistic: Double

  /// The degrees of freedom of its error.
  public let degreesOfFreedom: Double

  /// The number of participants with a value there.
  public let count: Int

  /// The region it lies in, or the nearest one; `n/a` where there is none near.
  public let region: String

  /// Its p over the whole map; `nil` where nothing was rearranged.
  public let familyP: Double?

  /// The same of the enhanced map.
  public let enhancedP: Double?
}

/// A cluster in a table.
public struct ClusterRow: Equatable, Sendable {
  /// Its number, as in the map of labels.
  public let label: Int

  /// Whether its values are negative.
  public let isNegative: Bool

  /// The number of its voxels.
  public let voxels: Int

  /// Its size, in mm³.
  public let volume: Double

  /// The sum of what |z| is above the threshold.
  public let mass: Double

  /// The p of its extent over the whole map; `nil` where nothing was rearranged.
  public let extentP: Double?

  /// The p of its mass over the whole map.
  public let massP: Double?

  /// Its peaks, the highest first.
  public let peaks: [PeakRow]

  /// The regions that it covers, the largest share first; what is in no region is in none of them.
  public let regions: [RegionShare]
}
