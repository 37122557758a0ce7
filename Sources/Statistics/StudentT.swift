import Glibc

/// Returns the probability that Student's t is further from 0 than a value.
///
/// Both tails count. Accurate to 1e-12 relative wherever the result is a normal float64 (down to
/// 1e-307), for any degrees of freedom from 0.1 to infinity.
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
  let distribution = LogStudentT(degreesOfFreedom: degreesOfFreedom)
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
private func logTwoSidedP(t: Double, degreesOfFreedom: Double) -> Double {
  LogStudentT(degreesOfFreedom: degreesOfFreedom).logTwoSidedP(t)
}

/// The logarithm of p at one number of degrees of freedom.
private struct LogStudentT: Sendable {
  let degreesOfFreedom: Double
  private let logBeta: Double

  init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    logBeta = SpecialFunctions.logBeta(0.5 * degreesOfFreedom, 0.5)
  }

  /// Returns the logarithm of the two-sided p; from 10²⁰ degrees of freedom on that of z.
  func logTwoSidedP(_ t: Double) -> Double {
    guard !t.isNaN, degreesOfFreedom > 0 else { return .nan }
    guard degreesOfFreedom < 1e20 else {
      return log(2.0) + NormalTail.logProbability(above: abs(t))
    }
    let half = 0.5 * degreesOfFreedom
    guard abs(t) < 1e150 else {
      // The square would overflow; of I_x(a, b) only x^a / (a B(a, b)) is left.
      return half * (log(degreesOfFreedom) - 2 * log(abs(t))) - log(half) - logBeta
    }
    return logIncompleteBeta(odds: t * t / degreesOfFreedom, half, 0.5, logBeta: logBeta)
  }
}

/// Student's t at one number of degrees of freedom: for maps, where p and z of many t are wanted.
///
/// The numbers of ``twoSidedP(t:degreesOfFreedom:)`` and ``z(t:degreesOfFreedom:)`` to 1e-12, in a
/// small part of the time; making one takes as long as some hundred of their calls.
public struct StudentT: Sendable {
  /// The degrees of freedom.
  public let degreesOfFreedom: Double

  private let table: TailTable?

  /// Prepares a distribution.
  ///
  /// - Parameter degreesOfFreedom: The degrees of freedom, above 0; whole or not. Under 1 there is
  ///   no table, and every value takes the time of a single one.
  public init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    let distribution = LogStudentT(degreesOfFreedom: degreesOfFreedom)
    table = degreesOfFreedom >= 1 ? TailTable(logP: distribution.logTwoSidedP) : nil
  }

  /// Returns the two-sided p of a t, and the z with the t's sign and the same two-sided p.
  ///
  /// - Parameter t: The value, of either sign.
  /// - Returns: Both; NaN where t is, or the degrees of freedom are not positive.
  public func pAndZ(_ t: Double) -> (p: Double, z: Double) {
    guard let table, abs(t) > 0, abs(t) < TailTable.reach else {
      return (
        twoSidedP(t: t, degreesOfFreedom: degreesOfFreedom),
        z(t: t, degreesOfFreedom: degreesOfFreedom)
      )
    }
    let (p, magnitude) = table.pAndZ(abs(t))
    return (p, t < 0 ? -magnitude : magnitude)
  }
}
