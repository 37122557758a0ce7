public import BIDS
public import Statistics

/// A design to be made of participants' values.
public struct GroupDesignRequest: Sendable {
  /// The participants with a map or table, by label without `sub-`, in the order of the design's rows.
  public var participants: [String]

  /// Their values.
  public var phenotype: Phenotype?

  /// What is asked.
  public var question: GroupQuestion

  /// What is taken out.
  public var covariates: [GroupCovariate]

  /// Whether groups are taken to have one variance; without it each has its own.
  public var hasEqualVariances: Bool

  /// The column that names exchangeability blocks, such as the site.
  public var blockColumn: String?

  /// How blocks constrain arrangements.
  public var blockKind: ExchangeabilityBlocks.Kind

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - participants: The participants, in the order of the design's rows.
  ///   - phenotype: Their values; `nil` where the question needs none.
  ///   - question: What is asked.
  ///   - covariates: What is taken out.
  ///   - hasEqualVariances: Whether groups are taken to have one variance.
  ///   - blockColumn: The column that names exchangeability blocks.
  ///   - blockKind: How blocks constrain arrangements.
  public init(
    participants: [String],
    phenotype: Phenotype?,
    question: GroupQuestion,
    covariates: [GroupCovariate] = [],
    hasEqualVariances: Bool = false,
    blockColumn: String? = nil,
    blockKind: ExchangeabilityBlocks.Kind = .within
  ) {
    self.participants = participants
    self.phenotype = phenotype
    self.question = question
    self.covariates = covariates
    self.hasEqualVariances = hasEqualVariances
    self.blockColumn = blockColumn
    self.blockKind = blockKind
  }
}

/// A design made of participants' values.
public struct GroupDesign: Sendable {
  /// The participants who take part, in the order of the rows.
  public let participants: [String]

  /// Those who were asked for and take no part, and why.
  public let leftOut: [LeftOut]

  /// The names of the columns.
  public let columns: [String]

  /// The design, its contrasts and its variance groups.
  public let model: GroupModel

  /// What each contrast's standardised effect is of; `nil` for an F.
  public let standardised: [StandardisedQuestion?]

  /// The exchangeability blocks, where a column names them.
  public let blocks: ExchangeabilityBlocks?

  /// The mean of every numeric covariate and score, over all and by group.
  public let means: [CovariateMean]
}

/// The mean of a numeric column among some participants.
public struct CovariateMean: Equatable, Sendable {
  /// The column.
  public let column: String

  /// The group; `nil` for all.
  public let group: String?

  /// The mean; what the column was centred on where the group is `nil`.
  public let mean: Double
}
