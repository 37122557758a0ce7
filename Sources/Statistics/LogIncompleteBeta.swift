import Glibc

/// Returns the logarithm of the regularised incomplete beta function I_x(a, b).
///
/// `x` is given as odds so that neither end of its range loses digits: x = 1 / (1 + r). The result
/// holds far beyond the range of a float64 probability; its error is that of log I_x, a few ulps.
///
/// - Parameters:
///   - odds: r = (1 - x) / x, 0 or more.
///   - a: The first parameter, above 0.
///   - b: The second parameter, above 0.
///   - logBeta: log B(a, b), where it is known already.
/// - Returns: log I_x(a, b), at most 0.
/// - Complexity: O(√max(*a*, *b*)).
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.4 (the other tail).
func logIncompleteBeta(
  odds: Double,
  _ a: Double,
  _ b: Double,
  logBeta: Double? = nil
) -> Double {
  guard odds >= 0, a > 0, b > 0 else { return .nan }
  guard odds > 0 else { return 0 }
  guard odds < .infinity else { return -.infinity }
  let x = 1 / (1 + odds)
  let complement = odds / (1 + odds)
  let logX = -log1p(odds)
  let logComplement = log(odds) + logX
  let logBeta = logBeta ?? SpecialFunctions.logBeta(a, b)
  let logFront = a * logX + b * logComplement - logBeta

  // Whichever of I_x(a, b) and 1 - I_y(b, a) lies in its own tail, where the fraction converges.
  if odds * (a + 1) > b + 1 {
    return logFront + log(continuedFraction(x, complement, a, b))
  }
  return log1p(-min(exp(logFront) * continuedFraction(complement, x, b, a), 1))
}

/// Returns I_x(a, b) / (x^a y^b / B(a, b)) by its continued fraction α₁ / (β₁ + α₂ / (β₂ + ...)).
///
/// This form keeps its digits however large `a` and `b` are, provided that ay - bx is taken as written.
///
/// - Parameters:
///   - x: Under about a / (a + b).
///   - y: 1 - x, with all its digits.
///   - a: The first parameter, above 0.
///   - b: The second parameter, above 0.
/// - Returns: The fraction, to a few ulps.
///
/// Source: DiDonato & Morris (1992), *ACM Trans. Math. Softw.* 18(3), 360-373, section 3.
private func continuedFraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  let excess = a * y - b * x + 1
  var value = (a + 1) / (a * excess)
  // The numerators and denominators of two successive approximants, over the later denominator.
  var (earlier, later) = ((0.0, 1 / (a / (a + 1) * excess)), (value, 1.0))
  for step in 1..<200_000 {
    let n = Double(step)
    let next = a + 2 * n
    let product = n * (b - n) * x / (next - 1)
    let alpha = (a + n - 1) * (a + b + n - 1) / (next - 1) * product * x
    let beta = n + product + (a + n) / (next + 1) * (excess + n * (1 + y))
    let denominator = alpha * earlier.1 + beta
    let numerator = alpha * earlier.0 + beta * later.0
    let before = value
    value = numerator / denominator
    if abs(value - before) <= 2e-16 * value { break }
    earlier = (later.0 / denominator, 1 / denominator)
    later = (value, 1)
  }
  return value
}
