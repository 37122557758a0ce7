import Glibc

/// Returns the factor that takes the small-sample bias out of a standardised difference.
///
/// J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν-1)/2)), exactly, not its usual approximation 1 - 3 / (4ν - 1).
///
/// - Parameter degreesOfFreedom: Those of the standard deviation it was divided by.
/// - Returns: A factor in (0, 1); NaN at 1 or under, where there is none.
///
/// Source: Hedges (1981), *J. Educ. Stat.* 6(2), 107-128, doi:10.3102/10769986006002107.
public func hedgesCorrection(degreesOfFreedom: Double) -> Double {
  guard degreesOfFreedom > 1 else { return .nan }
  guard degreesOfFreedom < .infinity else { return 1 }
  let half = 0.5 * (degreesOfFreedom - 1)
  return exp(SpecialFunctions.logGammaStep(half, by: 0.5)) / (half + 0.5).squareRoot()
}
