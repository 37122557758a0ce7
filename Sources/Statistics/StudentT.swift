import Glibc

/// Returns the probability that Student's t is further from 0 than a value.
///
/// Both tails count. Accurate to about 1e-12 relative wherever the result is a normal float64
/// (down to 1e-307), for any degrees of freedom from 0.1 to infinity and
/// values up to 1e150.
///
/// - Parameters:
///   - t: The value, of either sign.
///   - degreesOfFreedom: The degrees of freedom, above 0; whole or not.
/// - Returns: The two-sided p; NaN where an argument is NaN or the degrees of freedom are not
///   positive.
public func twoSidedP(t: Double, degreesOfFreedom: Double) -> Double {
  exp(logTwoSidedP(t: t, degreesOfFreedom: degreesOfFreedom))
}

/// Returns the z with the sign of a t and the same two-sided p.
///
/// Computed from log p, so that it goes on growing where p itself would be 0.
///
/// - Parameters:
///   - t: The value, of either sign.
///   - degreesOfFreedom: The degrees of freedom, above 0; whole or not.
/// - Returns: z; NaN where an argument is NaN or the degrees of freedom are not positive.
public func z(t: Double, degreesOfFreedom: Double) -> Double {
  let logP = logTwoSidedP(t: t, degreesOfFreedom: degreesOfFreedom)
  let magnitude = NormalTail.quantile(ofLogProbability: logP - log(2.0))
  return t < 0 ? -magnitude : magnitude
}

/// Returns the value that Student's t exceeds with probability 1 - `p`.
///
/// - Parameters:
///   - p: The probability of at most that value, 0 to 1.
///   - degreesOfFreedom: The degrees of freedom, above 0; whole or not.
/// - Returns: The quantile, to about 1e-12 relative; -∞ at 0, +∞ at 1, NaN outside of these.
public func studentTQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
  guard degreesOfFreedom > 0, p > 0, p < 1 else {
    guard degreesOfFreedom > 0 else { return .nan }
    return p == 0 ? -.infinity : p == 1 ? .infinity : .nan
  }
  guard p != 0.5 else { return 0 }
  let target = log(2 * min(p, 1 - p))
  let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
  var low = 0.0
  var high = 1.0
  while distribution.logTwoSidedP(high) > target {
    low = high
    high *= 2
    guard high < .infinity else { break }
  }
  for _ in 0..<200 {
    let middle = 0.5 * (low + high)
    guard middle > low, middle < high else { break }
    if distribution.logTwoSidedP(middle) > target {
      low = middle
    } else {
      high = middle
    }
  }
  return p < 0.5 ? -high : high
}

/// Returns the logarithm of the two-sided p of Student's t.
func logTwoSidedP(t: Double, degreesOfFreedom: Double) -> Double {
  StudentT(degreesOfFreedom: degreesOfFreedom).logTwoSidedP(t)
}

/// Student's t at one number of degrees of freedom: for maps, where p and z of many t are wanted.
///
/// The same numbers as ``twoSidedP(t:degreesOfFreedom:)`` and ``z(t:degreesOfFreedom:)``, in under
/// half of the time.
public struct StudentT: Sendable {
  /// The degrees of freedom.
  public let degreesOfFreedom: Double

  private let logBeta: Double

  /// Prepares a distribution.
  ///
  /// - Parameter degreesOfFreedom: The degrees of freedom, above 0; whole or not.
  public init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    let isFew = degreesOfFreedom > 0 && degreesOfFreedom < 1e5
    logBeta = isFew ? SpecialFunctions.logBeta(0.5 * degreesOfFreedom, 0.5) : .nan
  }

  /// Returns the two-sided p of a t, and the z with the t's sign and the same two-sided p.
  ///
  /// - Parameter t: The value, of either sign.
  /// - Returns: Both; NaN where t is, or the degrees of freedom are not positive.
  public func pAndZ(_ t: Double) -> (p: Double, z: Double) {
    let logP = logTwoSidedP(t)
    let magnitude = NormalTail.quantile(ofLogProbability: logP - log(2.0))
    return (exp(logP), t < 0 ? -magnitude : magnitude)
  }

  /// Returns the logarithm of the two-sided p.
  ///
  /// From 10⁵ degrees of freedom on by way of the normal distribution, since the continued fraction
  /// loses as many digits as the degrees of freedom have.
  func logTwoSidedP(_ t: Double) -> Double {
    guard !t.isNaN, degreesOfFreedom > 0 else { return .nan }
    guard degreesOfFreedom < 1e5 else {
      let normal = nearlyNormal(t: abs(t), degreesOfFreedom: degreesOfFreedom)
      return log(2.0) + NormalTail.logProbability(above: normal)
    }
    let odds = t * t / degreesOfFreedom
    return logIncompleteBeta(odds: odds, 0.5 * degreesOfFreedom, 0.5, logBeta: logBeta)
  }
}

/// Returns the z of a t of 0 or more with very many degrees of freedom.
///
/// The first neglected term is of the order of the fourth power of their inverse.
///
/// Source: Hill (1970), *Commun. ACM* 13(10), 617-619, doi:10.1145/355598.355599.
private func nearlyNormal(t: Double, degreesOfFreedom: Double) -> Double {
  guard t < .infinity, degreesOfFreedom < .infinity else { return t }
  let a = degreesOfFreedom - 0.5
  let b = 48 * a * a
  let square = a * log1p(t * t / degreesOfFreedom)
  let fine = ((-0.4 * square - 3.3) * square - 24) * square - 85.5
  let coarse = fine / (0.8 * square * square + 100 + b) + square + 3
  return (coarse / b + 1) * square.squareRoot()
}
