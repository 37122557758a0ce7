/// Returns p values adjusted for a family of tests by Holm's step-down rule.
///
/// The adjusted p of the *i*-th smallest of *m* is the largest of (*m* - *j* + 1) p₍ⱼ₎ over *j* ≤ *i*,
/// at most 1; where it is at most a level, the family-wise error is held at that level.
///
/// - Parameter p: The p values, 0 to 1; NaN where there was no test.
/// - Returns: One adjusted p each, NaN where `p` is.
/// - Complexity: O(*m* log *m*).
///
/// Source: Holm (1979), *Scand. J. Stat.* 6(2), 65-70.
public func holm(_ p: [Double]) -> [Double] {
  let order = p.indices.filter { !p[$0].isNaN }.sorted { (p[$0], $0) < (p[$1], $1) }
  var result = [Double](repeating: .nan, count: p.count)
  var largest = 0.0
  for (rank, index) in order.enumerated() {
    largest = max(largest, min(1, Double(order.count - rank) * p[index]))
    result[index] = largest
  }
  return result
}
