/// What is asked of a cohort.
public enum GroupQuestion: Equatable, Sendable {
  /// Whether the mean of all participants is 0; of differences within participants, whether they
  /// changed (paired, pre and post).
  case mean

  /// Whether two levels of a column differ.
  case twoSample(column: String, first: String, second: String)

  /// Whether the levels of a column differ, and by planned comparisons which: weights per level. None
  /// means every pair.
  case oneWay(column: String, levels: [String], planned: [PlannedComparison])

  /// Whether effects go with a score.
  case regression(score: String)

  /// Whether effects go with a score differently in two groups.
  case interaction(column: String, first: String, second: String, score: String)
}

/// A comparison among the levels of a column.
public struct PlannedComparison: Equatable, Sendable {
  /// Its name.
  public let name: String

  /// The weight of each level.
  public let weights: [String: Double]

  /// Creates a comparison.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - weights: The weight of each level; levels that are not named have 0.
  public init(name: String, weights: [String: Double]) {
    (self.name, self.weights) = (name, weights)
  }
}

/// A column whose effect is taken out.
public enum GroupCovariate: Equatable, Sendable {
  /// Numbers, centred on the mean of all analysed participants.
  case number(column: String)

  /// Names: one column for every level but the first in alphabetical order, 1 for its members,
  /// centred on the mean of all analysed participants.
  case category(column: String)

  /// The column's name.
  public var column: String {
    switch self {
    case .number(let column), .category(let column): column
    }
  }
}
