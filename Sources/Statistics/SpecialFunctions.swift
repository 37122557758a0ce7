import CGSL
import Glibc

/// The gamma and beta functions, from GSL with its aborting error handler switched off.
///
/// A call that GSL refuses (outside the domain) gives NaN.
enum SpecialFunctions {
  /// GSL's code of success.
  private static let success: Int32 = 0

  /// Evaluated once: GSL's default handler ends the process, which no input may do.
  private static let isReady: Bool = {
    gsl_set_error_handler_off()
    return true
  }()

  /// Returns log Γ(x) for `x` > 0.
  static func logGamma(_ x: Double) -> Double {
    guard isReady, x > 0 else { return .nan }
    var result = gsl_sf_result()
    let code = gsl_sf_lngamma_e(x, &result)
    return code == success ? result.val : .nan
  }

  /// Returns log B(a, b) for `a`, `b` > 0.
  ///
  /// Where one is large, by the step from it to their sum: GSL's own loses 1e-6 at 1e10 degrees of
  /// freedom.
  static func logBeta(_ a: Double, _ b: Double) -> Double {
    guard isReady, a > 0, b > 0 else { return .nan }
    if max(a, b) >= 20 { return logGamma(min(a, b)) - logGammaStep(max(a, b), by: min(a, b)) }
    var result = gsl_sf_result()
    let code = gsl_sf_lnbeta_e(a, b, &result)
    return code == success ? result.val : .nan
  }

  /// Returns log Γ(a + b) - log Γ(a) for `a` > 0 and `b` of 0 or more.
  ///
  /// From 20 on by Stirling's series, without the cancellation at large `a`.
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 5.11.1.
  static func logGammaStep(_ a: Double, by b: Double) -> Double {
    guard a >= 20 else { return logGamma(a + b) - logGamma(a) }
    return (a - 0.5) * log1p(b / a) - b + b * log(a + b)
      + (stirlingRemainder(a + b) - stirlingRemainder(a))
  }

  /// Returns log Γ(a) - ((a - 1/2) log a - a + log √(2π)) for `a` of 20 or more.
  ///
  /// The first neglected term is under 1e-17.
  private static func stirlingRemainder(_ a: Double) -> Double {
    let u = 1 / (a * a)
    return (1.0 / 12 - u * (1.0 / 360 - u * (1.0 / 1260 - u * (1.0 / 1680 - u / 1188)))) / a
  }

  /// Returns the standard normal quantile of an upper tail probability in (0, 1).
  static func normalQuantile(ofUpperTail q: Double) -> Double {
    guard isReady, q > 0, q < 1 else { return .nan }
    return gsl_cdf_ugaussian_Qinv(q)
  }
}
