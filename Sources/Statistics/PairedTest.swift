/// The comparison of two measurements of the same participants.
public struct PairedTest: Equatable, Sendable {
  /// The test of the differences; its ``OneSampleTest/hedgesG`` is d_z, which grows with how well the
  /// measurements agree.
  public let differences: OneSampleTest

  /// g_av: the mean difference over the root mean of the two variances, bias-corrected.
  ///
  /// It measures what a comparison of two groups would, whatever the measurements' correlation.
  public let averageG: Double
}

/// Returns the comparison of a first with a second measurement of the same participants.
///
/// - Parameters:
///   - first: The first values, one per participant.
///   - second: The second values, in the same order.
///   - bootstrap: How the interval of d_z is drawn; its level is always 95 %.
/// - Returns: The comparison, first minus second.
/// - Throws: ``StatisticsError`` where the lists differ in length, there are too few values, one is not
///   finite, or the differences do not vary.
///
/// Source: Lakens (2013), *Front. Psychol.* 4, 863, doi:10.3389/fpsyg.2013.00863.
public func pairedTest(
  _ first: [Double],
  _ second: [Double],
  bootstrap: BootstrapRequest = BootstrapRequest()
) throws(StatisticsError) -> PairedTest {
  guard first.count == second.count else {
    throw .unpaired(first: first.count, second: second.count)
  }
  let a = try SampleMoments(checking: first)
  let b = try SampleMoments(checking: second)
  let test = try oneSampleTest(zip(first, second).map { $0 - $1 }, bootstrap: bootstrap)
  let spread = (0.5 * (a.variance + b.variance)).squareRoot()
  return PairedTest(
    differences: test,
    averageG: hedgesCorrection(degreesOfFreedom: a.count - 1) * (a.mean - b.mean) / spread
  )
}
