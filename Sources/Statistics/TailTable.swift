import Glibc

/// The p and z of one statistic as piecewise polynomials, for maps of many values.
///
/// Of the magnitude *u* of a statistic, log p and z / u are smooth. In each of 48 intervals, eight in
/// every octave of 1 + u up to 64, both are a polynomial of degree 10 through the Chebyshev points. A
/// function whose nearest singularity is about 1 + u or more away from u (±√ν i for Student's t) it
/// meets within about 20⁻¹¹; a rounding error of log p where p is 1e-300 is 1e-13 of p. The tests
/// hold p and z to 1e-12 wherever there is a table.
struct TailTable: Sendable {
  /// The largest magnitude of the table.
  static let reach = 63.0

  private static let intervalCount = 48
  private static let pointCount = 11

  /// For each interval the coefficients of (log p, z / u), the constant first.
  private let coefficients: [SIMD2<Double>]

  /// Tabulates a function.
  ///
  /// - Parameter logP: The logarithm of the p of a magnitude.
  init(logP: (Double) -> Double) {
    coefficients = (0..<Self.intervalCount).flatMap { interval in
      let octave = Double(1 << (interval / 8))
      let low = octave * (1 + Double(interval % 8) / 8) - 1
      return polynomial(pointCount: Self.pointCount) { x in
        let u = low + octave / 16 * (x + 1)
        let tail = logP(u)
        return SIMD2(tail, NormalTail.quantile(ofLogProbability: tail - log(2.0)) / u)
      }
    }
  }

  /// Returns the p and the z of a magnitude.
  ///
  /// - Parameter magnitude: u, above 0 and under ``reach``.
  /// - Returns: p, at most 1, and the z of 0 or more with the same two-sided p.
  func pAndZ(_ magnitude: Double) -> (p: Double, z: Double) {
    // The exponent and three bits of the significand of 1 + u are the interval and where it starts.
    let top = (1 + magnitude).bitPattern >> 49
    let interval = Int(truncatingIfNeeded: top &- (1023 << 3))
    let start = Double(bitPattern: top << 49) - 1
    let scale = Double(bitPattern: (2046 + 4 - top >> 3) << 52)
    let x = (magnitude - start) * scale - 1
    let square = SIMD2(repeating: x * x)
    let first = interval * Self.pointCount
    let both = coefficients.withUnsafeBufferPointer { c in
      var even = c[first + 10]
      var odd = c[first + 9]
      for place in stride(from: 8, to: 0, by: -2) {
        even = even * square + c[first + place]
        odd = odd * square + c[first + place - 1]
      }
      return (even * square + c[first]) + odd * x
    }
    return (min(1, exp(both.x)), magnitude * both.y)
  }
}

/// Returns the polynomial from -1 to 1 that meets a function in the Chebyshev points.
///
/// - Parameters:
///   - pointCount: The number of points, one more than the degree.
///   - function: The function.
/// - Returns: The coefficients, the constant first.
private func polynomial(
  pointCount: Int,
  through function: (Double) -> SIMD2<Double>
) -> [SIMD2<Double>] {
  let angles = (0..<pointCount).map { .pi * (Double($0) + 0.5) / Double(pointCount) }
  // What does not vary is kept apart, so that it does not cost the rest its digits.
  let middle = function(0)
  let values = angles.map { function(cos($0)) - middle }
  var result = [SIMD2<Double>](repeating: .zero, count: pointCount)
  // The coefficients of the Chebyshev polynomials of one degree and of the one before.
  var current = [1.0] + [Double](repeating: 0, count: pointCount - 1)
  var previous = [Double](repeating: 0, count: pointCount)
  for degree in 0..<pointCount {
    var sum = SIMD2<Double>.zero
    for (angle, value) in zip(angles, values) { sum += value * cos(Double(degree) * angle) }
    let share = sum * ((degree == 0 ? 1 : 2) / Double(pointCount))
    for place in 0..<pointCount { result[place] += share * current[place] }
    var next = previous.map { -$0 }
    let factor = degree == 0 ? 1.0 : 2.0
    for place in 1..<pointCount { next[place] += factor * current[place - 1] }
    previous = current
    current = next
  }
  result[0] += middle
  return result
}
