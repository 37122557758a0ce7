/// Samples that cannot be compared, and why.
public enum StatisticsError: Error, Equatable, Sendable {
  /// A group has fewer values than the test needs.
  case tooFewValues(found: Int, needed: Int)

  /// A value is not a finite number; its place is counted from 0.
  case notFinite(index: Int)

  /// Nothing varies within the groups, so there is no error to compare with.
  case noVariance

  /// Two lists that must go together differ in length.
  case unpaired(first: Int, second: Int)

  /// A bootstrap interval was asked for in a way that gives none.
  case noResamples
}

extension StatisticsError: CustomStringConvertible {
  /// One sentence for the person who asked.
  public var description: String {
    switch self {
    case .tooFewValues(let found, let needed):
      "a group has \(found) of the \(needed) values the test needs; add participants to it"
    case .notFinite(let index):
      "value \(index + 1) of a group is not a number; leave that participant out of the test"
    case .noVariance:
      "all values within the groups are the same, so no test is possible; are they copies?"
    case .unpaired(let first, let second):
      "\(first) values cannot be paired with \(second); give each participant both"
    case .noResamples:
      "a bootstrap interval needs at least 100 resamples and a level between 0 and 1"
    }
  }
}
