import Glibc

/// How p values of rare maxima are found.
public enum TailMethod: String, Sendable {
  /// By counting arrangements.
  case counted

  /// By a generalised Pareto distribution fitted to the top quarter, where it fits.
  case generalisedPareto = "generalised Pareto"
}

/// The largest value of a map under every arrangement: what family-wise p values are read from.
public struct MaximumDistribution: Sendable {
  /// One maximum per arrangement, the data's own first.
  public let maxima: [Double]

  /// How small p values are found; by counting where a fitted tail was asked for but did not fit.
  public let method: TailMethod

  private let sorted: [Double]
  private let tail: ParetoTail?

  /// Prepares a distribution.
  ///
  /// - Parameters:
  ///   - maxima: One maximum per arrangement, the data's own first.
  ///   - tail: How small p values are found.
  ///   - seed: The seed of the check of the fit.
  public init(_ maxima: [Double], tail: TailMethod = .counted, seed: UInt64 = 1) {
    self.maxima = maxima
    sorted = maxima.sorted()
    self.tail = tail == .counted ? nil : ParetoTail(ofSorted: sorted, seed: seed)
    method = self.tail == nil ? .counted : .generalisedPareto
  }

  /// The smallest p that counting can give.
  public var smallestP: Double { 1 / Double(max(1, maxima.count)) }

  /// Returns the family-wise p of a value: the share of arrangements whose maximum reaches it.
  ///
  /// What differs by 1e-5 or less, as sums in another order do, counts as reached.
  ///
  /// - Parameter value: The value, 0 or more; of a signed one the magnitude.
  /// - Returns: p; NaN where the value is.
  public func p(_ value: Double) -> Double {
    guard !value.isNaN else { return .nan }
    let counted = Double(sorted.count - firstIndex(reaching: value)) / Double(sorted.count)
    return tail?.p(value) ?? max(counted, smallestP)
  }

  /// Returns the value that has to be reached for a family-wise level.
  ///
  /// - Parameter level: The level, 0 to 1.
  /// - Returns: The smallest maximum whose p is at most the level; ∞ where none is.
  public func critical(level: Double) -> Double {
    let rank = Int((level * Double(sorted.count) * (1 + 1e-12)).rounded(.down))
    guard rank > 0, level < 1 else { return level < 1 ? .infinity : 0 }
    let value = sorted[sorted.count - min(rank, sorted.count)]
    // Of equal maxima all reach the value; then the next larger one is it.
    if p(value) <= level { return value }
    return sorted.first { $0 > value * (1 + 1e-5) } ?? .infinity
  }

  private func firstIndex(reaching value: Double) -> Int {
    let limit = value - 1e-5 * abs(value)
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
