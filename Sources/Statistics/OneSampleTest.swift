/// The comparison of one group, or of paired differences, with 0.
public struct OneSampleTest: Equatable, Sendable {
  /// The mean, in the values' unit.
  public let effect: Double

  /// Its standard error, in the values' unit.
  public let standardError: Double

  /// effect / standardError.
  public let t: Double

  /// *n* - 1.
  public let degreesOfFreedom: Double

  /// The two-sided p.
  public let p: Double

  /// The 95 % interval of the effect, in the values' unit.
  public let interval: ConfidenceInterval

  /// The mean over the standard deviation, bias-corrected.
  public let hedgesG: Double

  /// The 95 % bias-corrected bootstrap interval of ``hedgesG``.
  public let hedgesGInterval: ConfidenceInterval
}

/// Returns the comparison of a group's mean with 0.
///
/// - Parameters:
///   - values: The values, at least 2; for a paired test, the differences.
///   - bootstrap: How the interval of g is drawn; its level is always 95 %.
/// - Returns: The comparison.
/// - Throws: ``StatisticsError`` where there are too few values, one is not finite, or they do not
///   vary.
public func oneSampleTest(
  _ values: [Double],
  bootstrap: BootstrapRequest = BootstrapRequest()
) throws(StatisticsError) -> OneSampleTest {
  let moments = try SampleMoments(checking: values)
  guard isMeaningful(variance: moments.variance, at: abs(moments.mean)) else { throw .noVariance }
  let degreesOfFreedom = moments.count - 1
  let error = (moments.variance / moments.count).squareRoot()
  let reach = studentTQuantile(0.975, degreesOfFreedom: degreesOfFreedom) * error
  var request = bootstrap
  request.level = 0.95
  let interval = try biasCorrectedInterval(of: [values], request) { groups in
    standardisedMean(SampleMoments(groups[0]))
  }
  return OneSampleTest(
    effect: moments.mean,
    standardError: error,
    t: moments.mean / error,
    degreesOfFreedom: degreesOfFreedom,
    p: twoSidedP(t: moments.mean / error, degreesOfFreedom: degreesOfFreedom),
    interval: ConfidenceInterval(lower: moments.mean - reach, upper: moments.mean + reach),
    hedgesG: standardisedMean(moments),
    hedgesGInterval: interval
  )
}

/// Returns the mean over the standard deviation, bias-corrected.
private func standardisedMean(_ moments: SampleMoments) -> Double {
  guard moments.variance > 0 else { return .nan }
  let correction = hedgesCorrection(degreesOfFreedom: moments.count - 1)
  return correction * moments.mean / moments.variance.squareRoot()
}
