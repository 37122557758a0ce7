import Glibc

/// Returns the logarithm of the regularised incomplete beta function I_x(a, b).
///
/// `x` is given as odds so that neither end of its range loses digits: x = 1 / (1 + r). The result
/// holds far beyond the range of a float64 probability: relative error of the function about 1e-13.
///
/// - Parameters:
///   - odds: r = (1 - x) / x, 0 or more.
///   - a: The first parameter, above 0.
///   - b: The second parameter, above 0.
///   - logBeta: log B(a, b), where it is known already.
/// - Returns: log I_x(a, b), at most 0.
/// - Complexity: O(√max(*a*, *b*)).
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22 (continued fraction) and 8.17.4.
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

  if x < (a + 1) / (a + b + 2) {
    return logFront - log(a) + log(continuedFraction(x, a, b))
  }
  let rest = exp(logFront) / b * continuedFraction(complement, b, a)
  return log1p(-min(rest, 1))
}

/// Returns 1 / (1 + d₁ / (1 + d₂ / (1 + ...))) of the incomplete beta function, by Lentz's method.
private func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  var value = 1.0
  var forward = 1.0
  var backward = 0.0
  for step in 1..<200_000 {
    let m = Double(step / 2)
    let term =
      step % 2 == 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    backward = 1 + term * backward
    backward = 1 / (abs(backward) < tiny ? tiny : backward)
    forward = 1 + term / forward
    if abs(forward) < tiny { forward = tiny }
    let factor = forward * backward
    value *= factor
    if abs(factor - 1) < 4e-16 { break }
  }
  return 1 / value
}
