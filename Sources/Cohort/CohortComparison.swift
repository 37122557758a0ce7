public import Atlas
public import Job
public import Statistics

/// One of the two groups of a comparison.
public struct CohortGroup: Equatable, Sendable {
  /// The level of the compared column.
  public let level: String

  /// The labels of its participants who have results, sorted, without `sub-`.
  public let participants: [String]
}

/// What one group shows in one region.
public struct GroupSummary: Equatable, Sendable {
  /// The number of participants.
  public let count: Int

  /// The mean of their effects, in the rows' unit; `nil` where there is nobody.
  public let mean: Double?

  /// The standard deviation of their effects, in the rows' unit; `nil` below two.
  public let standardDeviation: Double?

  init(_ values: [Double]) {
    count = values.count
    let sum = values.reduce(0, +)
    let mean = values.isEmpty ? nil : sum / Double(values.count)
    self.mean = mean
    guard let mean, values.count > 1 else {
      standardDeviation = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = (squares / Double(values.count - 1)).squareRoot()
  }
}

/// Two groups compared in one region for one contrast.
public struct RegionComparison: Equatable, Sendable {
  /// The task's label, without `task-`.
  public let task: String?

  /// The contrast's name.
  public let contrast: String

  /// The atlas' name.
  public let atlas: String

  /// The region's name.
  public let region: String

  /// The half of the brain it lies in; none where it is contra or ipsi.
  public let hemisphere: Hemisphere

  /// Contra or ipsi, where the region is named by a side of the body.
  public let laterality: Laterality?

  /// What contra and ipsi refer to.
  public let reference: SideReference?

  /// What the first group shows.
  public let first: GroupSummary

  /// What the second group shows.
  public let second: GroupSummary

  /// Welch's test of first minus second; `nil` where there is none, see ``problem``.
  public let test: WelchTest?

  /// Why there is no test, in words.
  public let problem: String?

  /// The smallest false discovery rate at which the difference is accepted.
  ///
  /// The family is all regions of one atlas for one contrast of one task.
  public internal(set) var q: Double?

  /// The sum of the positive weights of the contrast.
  public let weightSum: Double?

  /// The unit of effects, means and differences.
  public let unit: String

  /// The name of the template space.
  public let space: String

  /// Participants of the two groups who take no part in this region, and why.
  public let leftOut: [LeftOut]
}

/// Two groups of a cohort, compared region by region.
public struct CohortComparison: Sendable {
  /// What was asked.
  public let comparison: Comparison

  /// The session that was compared, without `ses-`; `nil` for all together.
  public let session: String?

  /// The group whose mean counts positively.
  public let first: CohortGroup

  /// The group whose mean is subtracted.
  public let second: CohortGroup

  /// Everybody who is in neither group, and why, sorted by label.
  public let leftOut: [LeftOut]

  /// The side that each member's contra and ipsi refer to; empty where these were not compared.
  public let sides: [MemberSide]

  /// Every region and contrast, in the order of the region tables.
  public let regions: [RegionComparison]

  /// The rows that were compared, one per participant, region and contrast.
  public let rows: [RegionRow]

  /// What was noticed, in sentences.
  public let notes: [String]

  /// The seed of the bootstrap.
  public let seed: UInt64

  /// The number of bootstrap resamples behind each interval of an effect size.
  public let resampleCount: Int
}
