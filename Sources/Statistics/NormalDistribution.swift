import Glibc

/// Returns the probability that a standard normal variable is at most a value.
///
/// - Parameter z: The value.
/// - Returns: The probability, accurate to a few ulps in the lower tail too.
public func standardNormalCDF(_ z: Double) -> Double {
  0.5 * erfc(-z * 0.5.squareRoot())
}

/// Returns the value that a standard normal variable exceeds with probability 1 - `p`.
///
/// - Parameter p: The probability of at most that value, 0 to 1.
/// - Returns: The quantile; -∞ at 0, +∞ at 1, NaN outside of these.
public func standardNormalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  return p < 0.5
    ? -SpecialFunctions.normalQuantile(ofUpperTail: p)
    : SpecialFunctions.normalQuantile(ofUpperTail: 1 - p)
}

/// Returns the probability that a standard normal variable is further from 0 than a value.
///
/// - Parameter z: The value, of either sign.
/// - Returns: The two-sided p.
public func twoSidedP(z: Double) -> Double {
  erfc(abs(z) * 0.5.squareRoot())
}

/// The upper tail of the standard normal distribution in logarithms, where p itself would be 0.
enum NormalTail {
  /// log √(2π).
  private static let logRootTwoPi = 0.918938533204672741780329736406

  /// Returns log P(Z > z) for `z` of 0 or more.
  ///
  /// Above 30 by the asymptotic series of Mills' ratio, whose first neglected term is under 1e-11
  /// of the probability there.
  static func logProbability(above z: Double) -> Double {
    guard z > 30 else { return log(0.5 * erfc(z * 0.5.squareRoot())) }
    let u = 1 / (z * z)
    let series = -u * (1 - u * (3 - u * (15 - u * (105 - u * 945))))
    return -0.5 * z * z - logRootTwoPi - log(z) + log1p(series)
  }

  /// Returns the z of 0 or more whose upper tail has the given log probability, at most log 1/2.
  ///
  /// Newton's method on the log probability, which is concave and nearly a parabola.
  static func quantile(ofLogProbability target: Double) -> Double {
    guard target < -log(2.0) else { return target.isNaN ? .nan : 0 }
    guard target > -.infinity else { return .infinity }
    var z = start(target)
    for _ in 0..<30 {
      let logTail = logProbability(above: z)
      let ratio = exp(logTail + 0.5 * z * z + logRootTwoPi)
      let step = (logTail - target) * ratio
      z = max(0, z + step)
      // Newton squares the error: after a step this small there is nothing left to find.
      if abs(step) <= 1e-9 * max(1, z) { break }
    }
    return z
  }

  /// Returns a first guess of that z.
  private static func start(_ target: Double) -> Double {
    guard target < -600 else { return SpecialFunctions.normalQuantile(ofUpperTail: exp(target)) }
    let square = -2 * target - 2 * logRootTwoPi
    return (square - log(square)).squareRoot()
  }
}
