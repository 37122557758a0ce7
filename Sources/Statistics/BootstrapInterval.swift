import Glibc

/// A range that a true value lies in with a stated confidence.
public struct ConfidenceInterval: Equatable, Sendable {
  /// Its lower end.
  public let lower: Double

  /// Its upper end.
  public let upper: Double

  /// Creates an interval.
  ///
  /// - Parameters:
  ///   - lower: Its lower end.
  ///   - upper: Its upper end.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// How a bootstrap interval is drawn.
public struct BootstrapRequest: Equatable, Sendable {
  /// The confidence, 0 to 1.
  public var level: Double

  /// The number of resamples, at least 100.
  public var resampleCount: Int

  /// The seed; the same seed gives the same interval.
  public var seed: UInt64

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - level: The confidence, 0 to 1.
  ///   - resampleCount: The number of resamples, at least 100.
  ///   - seed: The seed.
  public init(level: Double = 0.95, resampleCount: Int = 4000, seed: UInt64 = 1) {
    self.level = level
    self.resampleCount = resampleCount
    self.seed = seed
  }
}

/// Returns the bias-corrected bootstrap interval of a statistic of several groups.
///
/// Every resample draws each group from itself, with replacement and at its own size; the ends are
/// the quantiles shifted by the median bias of the resamples. Ties with the observed value count
/// half. Resamples whose statistic is not finite (a group of one repeated value) are drawn again;
/// where that happens a thousand times as often as resamples are asked for, both ends are NaN.
///
/// - Parameters:
///   - groups: The values of each group.
///   - request: The confidence, the number of resamples and the seed.
///   - statistic: The statistic of a list of groups.
/// - Returns: The interval.
/// - Throws: ``StatisticsError`` where a group is empty or the request gives no interval.
/// - Complexity: O(*resamples* · *n*) draws, and one statistic each.
///
/// Source: Efron (1987), *J. Am. Stat. Assoc.* 82(397), 171-185 (BC, without acceleration).
public func biasCorrectedInterval(
  of groups: [[Double]],
  _ request: BootstrapRequest,
  statistic: ([[Double]]) -> Double
) throws(StatisticsError) -> ConfidenceInterval {
  guard request.resampleCount >= 100, request.level > 0, request.level < 1 else {
    throw .noResamples
  }
  if groups.contains(where: \.isEmpty) { throw .tooFewValues(found: 0, needed: 1) }
  let observed = statistic(groups)
  let values = resampled(groups, request, statistic)
  guard values.count == request.resampleCount, observed.isFinite else {
    return ConfidenceInterval(lower: .nan, upper: .nan)
  }
  let count = Double(values.count)
  let below = Double(values.count { $0 < observed }) + 0.5 * Double(values.count { $0 == observed })
  let share = min(max(below / count, 0.5 / count), 1 - 0.5 / count)
  let bias = standardNormalQuantile(share)
  let reach = standardNormalQuantile(0.5 + 0.5 * request.level)
  return ConfidenceInterval(
    lower: quantile(standardNormalCDF(2 * bias - reach), of: values),
    upper: quantile(standardNormalCDF(2 * bias + reach), of: values)
  )
}

/// Returns the statistic of every resample, in ascending order.
private func resampled(
  _ groups: [[Double]],
  _ request: BootstrapRequest,
  _ statistic: ([[Double]]) -> Double
) -> [Double] {
  var generator = SeededGenerator(seed: request.seed)
  var values: [Double] = []
  values.reserveCapacity(request.resampleCount)
  var draw = groups
  var attempts = 0
  while values.count < request.resampleCount, attempts < 1000 * request.resampleCount {
    attempts += 1
    for (place, group) in groups.enumerated() {
      for member in group.indices {
        draw[place][member] = group[generator.index(below: group.count)]
      }
    }
    let value = statistic(draw)
    if value.isFinite { values.append(value) }
  }
  return values.sorted()
}

/// Returns a quantile of sorted values, with linear interpolation between neighbours.
private func quantile(_ share: Double, of sorted: [Double]) -> Double {
  let place = min(max(share, 0), 1) * Double(sorted.count - 1)
  let lower = Int(place)
  let upper = min(lower + 1, sorted.count - 1)
  let weight = place - Double(lower)
  return sorted[lower] + weight * (sorted[upper] - sorted[lower])
}
