/// What the report on a cohort says: plain words and numbers, computed elsewhere.
public struct CohortReport: Sendable {
  /// The report's title, such as the name of the study.
  public var title: String

  /// What was asked, in a sentence.
  public var question: String

  /// What the reader must know before believing the numbers, a sentence each.
  public var warnings: [String] = []

  /// Who belongs to which group, and what the groups are like.
  public var groups: ReportTable

  /// Who was left out, and why.
  public var exclusions: [ExclusionLine] = []

  /// The questions and their answers.
  public var comparisons: [ComparisonSection] = []

  /// Further tables, such as the motion of the groups.
  public var tables: [ReportTable] = []

  /// What the data were made to contain beside what was found, where that is known.
  public var truth: ReportTable?

  /// How the results were obtained, paragraph by paragraph.
  public var methods: [String] = []

  /// Versions, digests and settings, by name.
  public var provenance: [(name: String, value: String)] = []

  /// Creates a report without comparisons.
  ///
  /// - Parameters:
  ///   - title: The report's title, such as the name of the study.
  ///   - question: What was asked, in a sentence.
  ///   - groups: Who belongs to which group, and what the groups are like.
  public init(title: String, question: String, groups: ReportTable) {
    self.title = title
    self.question = question
    self.groups = groups
  }
}

/// A participant who was left out.
public struct ExclusionLine: Equatable, Sendable {
  /// The participant, as in `sub-01`.
  public var participant: String

  /// The group, where known.
  public var group: String

  /// Why, in words.
  public var reason: String

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - participant: The participant, as in `sub-01`.
  ///   - group: The group, where known.
  ///   - reason: Why, in words.
  public init(participant: String, group: String, reason: String) {
    self.participant = participant
    self.group = group
    self.reason = reason
  }
}

/// One comparison of one contrast, region by region.
public struct ComparisonSection: Equatable, Sendable {
  /// Its name, such as `FM − HC: heat`.
  public var name: String

  /// What the estimates are called: `difference` between groups, `mean` of one.
  public var estimate: String

  /// The unit of the estimates.
  public var unit: String

  /// The level at which a q value counts as detected, 0 to 1.
  public var level: Double

  /// The regions.
  public var rows: [ComparisonLine]

  /// What the reader must know of this comparison, a sentence each.
  public var notes: [String] = []

  /// Creates a section.
  ///
  /// - Parameters:
  ///   - name: Its name, such as `FM − HC: heat`.
  ///   - estimate: What the estimates are called: `difference` between groups, `mean` of one.
  ///   - unit: The unit of the estimates.
  ///   - level: The level at which a q value counts as detected, 0 to 1.
  ///   - rows: The regions.
  public init(
    name: String,
    estimate: String = "difference",
    unit: String,
    level: Double = 0.05,
    rows: [ComparisonLine]
  ) {
    self.name = name
    self.estimate = estimate
    self.unit = unit
    self.level = level
    self.rows = rows
  }
}
