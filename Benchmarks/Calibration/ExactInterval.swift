import Statistics

/// Returns the exact confidence interval of a rate.
///
/// - Parameters:
///   - hits: The number of hits.
///   - count: The number of trials, at least as many.
///   - confidence: How sure, such as 0.999.
/// - Returns: The interval, within 0 to 1.
///
/// Source: Clopper & Pearson (1934), *Biometrika* 26(4), 404-413.
func exactInterval(hits: Int, of count: Int, confidence: Double) -> ClosedRange<Double> {
  let tail = 0.5 * (1 - confidence)
  // P(at least k hits | rate) = I_rate(k, n - k + 1), which is an upper tail of F.
  func atLeast(_ hits: Int, _ rate: Double) -> Double {
    let (a, b) = (Double(hits), Double(count - hits + 1))
    return upperTailP(f: (1 - rate) / rate * a / b, numerator: 2 * b, denominator: 2 * a)
  }
  func rate(where isAbove: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if isAbove(middle) { high = middle } else { low = middle }
    }
    return 0.5 * (low + high)
  }
  let lower = hits == 0 ? 0 : rate { atLeast(hits, $0) > tail }
  let upper = hits == count ? 1 : rate { atLeast(hits + 1, $0) > 1 - tail }
  return lower...max(lower, upper)
}
