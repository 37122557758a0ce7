import Glibc

/// The comparison of two groups whose variances may differ.
public struct WelchTest: Equatable, Sendable {
  /// The mean of the first group minus the mean of the second, in the values' unit.
  public let effect: Double

  /// The effect's standard error, in the values' unit.
  public let standardError: Double

  /// effect / standardError.
  public let t: Double

  /// Satterthwaite's degrees of freedom.
  public let degreesOfFreedom: Double

  /// The two-sided p.
  public let p: Double

  /// The 95 % interval of the effect, in the values' unit.
  public let interval: ConfidenceInterval

  /// Hedges' g: the effect over the root mean of the two variances, bias-corrected.
  public let hedgesG: Double

  /// The 95 % bias-corrected bootstrap interval of ``hedgesG``.
  public let hedgesGInterval: ConfidenceInterval
}

/// Returns Welch's comparison of two independent groups.
///
/// g divides by √((s₁² + s₂²) / 2), so that neither group's size changes what it measures; its
/// correction J takes the Satterthwaite degrees of freedom of that mean of variances.
///
/// - Parameters:
///   - first: The values of the first group, at least 2.
///   - second: The values of the second group, at least 2.
///   - bootstrap: How the interval of g is drawn; its level is always 95 %.
/// - Returns: The comparison, first minus second.
/// - Throws: ``StatisticsError`` where a group is too small, holds a value that is not finite, or
///   nothing varies in either.
///
/// Source: Welch (1947), *Biometrika* 34, 28-35; Delacre et al. (2021), psyarxiv.com/tu6mp (g).
public func welchTest(
  _ first: [Double],
  _ second: [Double],
  bootstrap: BootstrapRequest = BootstrapRequest()
) throws(StatisticsError) -> WelchTest {
  let a = try SampleMoments(checking: first)
  let b = try SampleMoments(checking: second)
  let scale = max(abs(a.mean), abs(b.mean))
  guard isMeaningful(variance: a.variance + b.variance, at: scale) else { throw .noVariance }

  let shareA = a.variance / a.count
  let shareB = b.variance / b.count
  let squaredError = shareA + shareB
  let degreesOfFreedom =
    squaredError * squaredError
    / (shareA * shareA / (a.count - 1) + shareB * shareB / (b.count - 1))
  let effect = a.mean - b.mean
  let error = squaredError.squareRoot()
  let reach = studentTQuantile(0.975, degreesOfFreedom: degreesOfFreedom) * error
  var request = bootstrap
  request.level = 0.95
  let interval = try biasCorrectedInterval(of: [first, second], request) { groups in
    standardisedDifference(SampleMoments(groups[0]), SampleMoments(groups[1]))
  }
  return WelchTest(
    effect: effect,
    standardError: error,
    t: effect / error,
    degreesOfFreedom: degreesOfFreedom,
    p: twoSidedP(t: effect / error, degreesOfFreedom: degreesOfFreedom),
    interval: ConfidenceInterval(lower: effect - reach, upper: effect + reach),
    hedgesG: standardisedDifference(a, b),
    hedgesGInterval: interval
  )
}

/// Returns Hedges' g with the root mean of the two variances.
private func standardisedDifference(_ a: SampleMoments, _ b: SampleMoments) -> Double {
  let sum = a.variance + b.variance
  let squares =
    a.variance * a.variance / (a.count - 1) + b.variance * b.variance / (b.count - 1)
  guard sum > 0 else { return .nan }
  let degreesOfFreedom = sum * sum / squares
  let difference = (a.mean - b.mean) / (0.5 * sum).squareRoot()
  return hedgesCorrection(degreesOfFreedom: degreesOfFreedom) * difference
}
