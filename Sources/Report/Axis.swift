import Glibc

/// A range of numbers laid along a stretch of a drawing.
struct Axis {
  /// The numbers at both ends.
  let range: ClosedRange<Double>

  /// Where the lower end lies in the drawing.
  let start: Double

  /// Where the upper end lies.
  let end: Double

  /// Where a number lies.
  func place(_ value: Double) -> Double {
    start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
  }

  /// Round numbers inside the range, about as many as asked for.
  func ticks(about count: Int) -> [Double] {
    let step = niceStep(range.upperBound - range.lowerBound, count: count)
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard first <= last, last - first < 100 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The decimals that tell the ticks apart.
  func digits(about count: Int) -> Int {
    let step = niceStep(range.upperBound - range.lowerBound, count: count)
    guard step.isFinite else { return 0 }
    return min(12, max(0, -Int(log10(step * 1.0001).rounded(.down))))
  }
}

/// The smallest range around numbers that holds the given range too, with a little air.
func paddedRange(
  of values: some Sequence<Double>,
  atLeast least: ClosedRange<Double>
) -> ClosedRange<Double> {
  var (low, high) = (least.lowerBound, least.upperBound)
  for value in values where value.isFinite && value.magnitude < 1e12 {
    low = min(low, value)
    high = max(high, value)
  }
  let air = 0.05 * (high - low)
  return (low < least.lowerBound ? low - air : low)...(high > least.upperBound ? high + air : high)
}

/// The step of 1, 2 or 5 times a power of ten that divides a span into about as many parts.
private func niceStep(_ span: Double, count: Int) -> Double {
  let rough = max(span, 1e-12) / Double(max(1, count))
  let power = pow(10, log10(rough).rounded(.down))
  return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
}
