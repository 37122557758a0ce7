/// What a Benjamini-Hochberg procedure accepted.
public struct BHResult: Equatable, Sendable {
  /// The largest accepted p; `nil` where nothing is accepted.
  public let threshold: Double?

  /// Whether each p is accepted, in the order given; a NaN never is.
  public let accepted: [Bool]

  /// The number of p values that took part: those that are numbers.
  public let testCount: Int
}

/// Returns which p values pass at a false discovery rate, by the step-up rule.
///
/// With the p values sorted, those up to the last p₍ᵢ₎ ≤ *i* · level / *m* are accepted.
///
/// - Parameters:
///   - p: The p values, 0 to 1; NaN where there was no test.
///   - level: The false discovery rate, 0 to 1.
/// - Returns: The accepted ones and the largest of them.
/// - Complexity: O(*m* log *m*).
///
/// Source: Benjamini & Hochberg (1995), *J. R. Stat. Soc. B* 57(1), 289-300.
public func benjaminiHochberg(_ p: [Double], level: Double) -> BHResult {
  let sorted = p.filter { !$0.isNaN }.sorted()
  let count = Double(sorted.count)
  var threshold: Double?
  for (rank, value) in sorted.enumerated() where value <= Double(rank + 1) * level / count {
    threshold = value
  }
  let accepted = p.map { value in threshold.map { value <= $0 } ?? false }
  return BHResult(threshold: threshold, accepted: accepted, testCount: sorted.count)
}
