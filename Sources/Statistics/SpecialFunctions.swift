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
  /// Where one is large and the other a small multiple of 1/2, as with every t and F, by steps from
  /// `a` to `a + b`: GSL's own loses 1e-6 at 1e10 degrees of freedom.
  static func logBeta(_ a: Double, _ b: Double) -> Double {
    guard isReady, a > 0, b > 0 else { return .nan }
    let small = min(a, b)
    let large = max(a, b)
    if large >= 20, small <= 50, (2 * small).rounded() == 2 * small {
      return logGamma(small) - logGammaStep(large, by: small)
    }
    var result = gsl_sf_result()
    let code = gsl_sf_lnbeta_e(a, b, &result)
    return code == success ? result.val : .nan
  }

  /// Returns log Γ(a + 1/2) - log Γ(a) for `a` > 0, without the cancellation at large `a`.
  ///
  /// From 20 on by the first five terms of the asymptotic series, whose error there is under 1e-15.
  ///
  /// Source: Tricomi & Erdélyi (1951), *Pacific J. Math.* 1, 133-142.
  static func logGammaHalfStep(_ a: Double) -> Double {
    guard a >= 20 else { return logGamma(a + 0.5) - logGamma(a) }
    let inverse = 1 / a
    let square = inverse * inverse
    let series =
      1.0 / 8 - square * (1.0 / 192 - square * (1.0 / 640 - square * (17.0 / 14336)))
    return 0.5 * log(a) - inverse * series
  }

  /// Returns log Γ(a + b) - log Γ(a) for `a` of 20 or more and `b` a multiple of 1/2.
  private static func logGammaStep(_ a: Double, by b: Double) -> Double {
    let whole = b.rounded(.down)
    var sum = b > whole ? logGammaHalfStep(a + whole) : 0
    for step in 0..<Int(whole) { sum += log(a + Double(step)) }
    return sum
  }

  /// Returns the standard normal quantile of an upper tail probability in (0, 1).
  static func normalQuantile(ofUpperTail q: Double) -> Double {
    guard isReady, q > 0, q < 1 else { return .nan }
    return gsl_cdf_ugaussian_Qinv(q)
  }
}
