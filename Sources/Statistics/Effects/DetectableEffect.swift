/// Returns the effect, in standard errors' terms, that a t test would find with a given probability.
///
/// From the number of participants, the design and the level alone, never from what was observed.
///
/// - Parameters:
///   - degreesOfFreedom: Those of the t.
///   - level: The two-sided level of the test, corrected for the family, 0 to 1.
///   - power: The probability of finding the effect, above the level.
/// - Returns: δ, the effect over its standard error; times the standard error that a standard
///   deviation of 1 gives, it is the detectable standardised effect. NaN where there is none.
public func detectableNoncentrality(
  degreesOfFreedom: Double,
  level: Double,
  power: Double = 0.8
) -> Double {
  guard degreesOfFreedom >= 1, level > 0, level < power, power < 1 else { return .nan }
  let critical = studentTQuantile(1 - 0.5 * level, degreesOfFreedom: degreesOfFreedom)
  let distribution = NoncentralT(noncentrality: 0, degreesOfFreedom: degreesOfFreedom)
  return falling(from: 0, to: critical + 2) { noncentrality in
    let moved = distribution.moved(to: noncentrality)
    return power - (1 - moved.cdf(critical) + moved.cdf(-critical))
  }
}
