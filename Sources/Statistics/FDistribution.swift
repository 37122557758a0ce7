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
private func logUpperTailP(f: Double, numerator: Double, denominator: Double) -> Double {
  guard !f.isNaN, numerator > 0, denominator > 0 else { return .nan }
  let odds = max(0, f) * numerator / denominator
  return logIncompleteBeta(odds: odds, 0.5 * denominator, 0.5 * numerator)
}
