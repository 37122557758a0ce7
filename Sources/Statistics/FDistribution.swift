import Glibc

/// Returns the probability that F exceeds a value.
///
/// - Parameters:
///   - f: The value; at or under 0 the probability is 1.
///   - numerator: The numerator's degrees of freedom, above 0.
///   - denominator: The denominator's degrees of freedom, above 0.
/// - Returns: The upper-tail p, to about 1e-12 relative wherever it is a normal float64; NaN where
///   an argument is NaN or degrees of freedom are not positive.
public func upperTailP(f: Double, numerator: Double, denominator: Double) -> Double {
  exp(logUpperTailP(f: f, numerator: numerator, denominator: denominator))
}

/// Returns the z of 0 or more whose *two-sided* p is the upper-tail p of an F.
///
/// So an F of one numerator degree of freedom, which is a squared t, has the magnitude of that t's
/// z; a threshold on |z| means the same p in t and F maps. (Some programs give the z whose
/// one-sided p this is; it is smaller, and negative for p above 1/2.)
///
/// - Parameters:
///   - f: The value; at or under 0 the z is 0.
///   - numerator: The numerator's degrees of freedom, above 0.
///   - denominator: The denominator's degrees of freedom, above 0.
/// - Returns: z; NaN where an argument is NaN or degrees of freedom are not positive.
public func z(f: Double, numerator: Double, denominator: Double) -> Double {
  let logP = logUpperTailP(f: f, numerator: numerator, denominator: denominator)
  return NormalTail.quantile(ofLogProbability: logP - log(2.0))
}

/// Returns the logarithm of the upper-tail p of an F.
private func logUpperTailP(
  f: Double,
  numerator: Double,
  denominator: Double,
  logBeta: Double? = nil
) -> Double {
  guard !f.isNaN, numerator > 0, denominator > 0 else { return .nan }
  let odds = max(0, f) * numerator / denominator
  return logIncompleteBeta(odds: odds, 0.5 * denominator, 0.5 * numerator, logBeta: logBeta)
}

/// F at one pair of degrees of freedom: for maps, where p and z of many F are wanted.
///
/// The numbers of ``upperTailP(f:numerator:denominator:)`` and ``z(f:numerator:denominator:)`` to
/// 1e-12, in a small part of the time; making one takes as long as some hundred of their calls.
public struct FDistribution: Sendable {
  /// The numerator's degrees of freedom.
  public let numerator: Double

  /// The denominator's degrees of freedom.
  public let denominator: Double

  private let table: TailTable?

  /// Prepares a distribution.
  ///
  /// The table is of the root of F, and there is one for up to 8 whole numerator degrees of freedom
  /// and 5 or more of the denominator; elsewhere p is not smooth enough near 0 or 1, and every value
  /// takes the time of a single one.
  ///
  /// - Parameters:
  ///   - numerator: The numerator's degrees of freedom, above 0.
  ///   - denominator: The denominator's degrees of freedom, above 0.
  public init(numerator: Double, denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
    guard (1...8).contains(numerator), numerator.rounded() == numerator, denominator >= 5 else {
      table = nil
      return
    }
    let logBeta = SpecialFunctions.logBeta(0.5 * denominator, 0.5 * numerator)
    table = TailTable { root in
      logUpperTailP(
        f: root * root,
        numerator: numerator,
        denominator: denominator,
        logBeta: logBeta
      )
    }
  }

  /// Returns the upper-tail p of an F, and the z of 0 or more with that two-sided p.
  ///
  /// - Parameter f: The value.
  /// - Returns: Both; NaN where F is, or degrees of freedom are not positive.
  public func pAndZ(_ f: Double) -> (p: Double, z: Double) {
    let root = f.squareRoot()
    guard let table, root > 0, root < TailTable.reach else {
      return (
        upperTailP(f: f, numerator: numerator, denominator: denominator),
        z(f: f, numerator: numerator, denominator: denominator)
      )
    }
    return table.pAndZ(root)
  }
}
