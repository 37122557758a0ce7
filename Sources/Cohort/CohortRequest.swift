public import Atlas
public import BIDS
public import Job

/// Two groups of a cohort to be compared, region by region.
public struct CohortRequest: Sendable {
  /// Which groups.
  public var comparison: Comparison

  /// Who belongs to which group.
  public var phenotype: Phenotype

  /// The region tables of all participants, one after the other.
  public var rows: [RegionRow]

  /// The session to compare, without `ses-`; `nil` for all sessions together.
  public var session: String?

  /// What contra and ipsi refer to; `nil` compares them where every participant's table has them.
  public var laterality: CohortLaterality?

  /// Participants that were to be analysed; those without rows are listed as missing.
  public var participants: [String]

  /// The smallest covered share of a region that counts, 0 to 1.
  public var minimumCoverage: Double

  /// The names of the regions of which more must be covered.
  public var brainstemRegions: Set<String>

  /// The smallest covered share of those, 0 to 1.
  public var minimumBrainstemCoverage: Double

  /// The seed of the bootstrap; the same seed gives the same intervals.
  public var seed: UInt64

  /// The number of bootstrap resamples behind each interval of an effect size, at least 100.
  public var resampleCount: Int

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - comparison: Which groups.
  ///   - phenotype: Who belongs to which group.
  ///   - rows: The region tables of all participants.
  ///   - participants: Participants that were to be analysed, with or without `sub-`.
  ///   - minimumCoverage: The smallest covered share of a region that counts, 0 to 1.
  ///   - brainstemRegions: The names of the regions of which more must be covered.
  ///   - minimumBrainstemCoverage: The smallest covered share of those, 0 to 1.
  ///   - seed: The seed of the bootstrap.
  ///   - resampleCount: The number of bootstrap resamples, at least 100.
  public init(
    comparison: Comparison,
    phenotype: Phenotype,
    rows: [RegionRow],
    participants: [String] = [],
    minimumCoverage: Double = 0.5,
    brainstemRegions: Set<String> = [],
    minimumBrainstemCoverage: Double = 0.8,
    seed: UInt64 = 1,
    resampleCount: Int = 4000
  ) {
    self.comparison = comparison
    self.phenotype = phenotype
    self.rows = rows
    self.participants = participants
    self.minimumCoverage = minimumCoverage
    self.brainstemRegions = brainstemRegions
    self.minimumBrainstemCoverage = minimumBrainstemCoverage
    self.seed = seed
    self.resampleCount = resampleCount
  }
}
