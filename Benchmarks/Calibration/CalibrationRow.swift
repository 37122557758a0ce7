/// One false-positive rate.
struct CalibrationRow: Encodable {
  let setting: String
  let noise: String
  let tr: Double
  let volumes: Int
  let model: String
  let censored: Bool
  let varying: Bool
  let fwhm: Int
  let motionColumns: Int
  let region: Bool
  let series: Int
  let alpha: Double
  let rate: Double

  /// The Monte-Carlo standard error of the rate.
  ///
  /// Of independent series, or from the differences between runs where these are larger: the series
  /// of a run share its design, and what their neighbours tell of the noise.
  let error: Double

  /// The 99.9 % confidence bounds of the rate.
  let lower, upper: Double

  /// Whether the interval meets the band; `nil` where none is asked for.
  let passes: Bool?

  private enum CodingKeys: String, CodingKey {
    case setting, noise, tr, volumes, model, censored, varying, fwhm
    case motionColumns = "motion_columns", region, series, alpha, rate, error, lower, upper, passes
  }

  /// Works out the rate and judges it.
  ///
  /// - Parameters:
  ///   - setting: What was simulated.
  ///   - acquisition: How it was scanned.
  ///   - cell: The noise and the model.
  ///   - level: The threshold.
  ///   - hitsPerRun: The number of series under it in every simulated run.
  ///   - count: The number of series of all runs.
  init(
    _ setting: CalibrationSetting,
    _ acquisition: Acquisition,
    cell: Tally.Cell,
    level: Double,
    hitsPerRun: [Int],
    of count: Int
  ) {
    let hits = hitsPerRun.reduce(0, +)
    let rate = Double(hits) / Double(max(1, count))
    let interval = exactInterval(hits: hits, of: count, confidence: 0.999)
    self.setting = setting.name
    noise = cell.noise.rawValue
    tr = acquisition.repetitionTime
    volumes = acquisition.volumeCount
    model = cell.model
    censored = setting.censored
    varying = setting.varying
    fwhm = setting.smoothness
    motionColumns = setting.motionColumns
    region = setting.region
    series = count
    alpha = level
    self.rate = rate
    let binomial = rate * (1 - rate) / Double(max(1, count))
    error = max(binomial, varianceOfMean(hitsPerRun, of: count)).squareRoot()
    (lower, upper) = (interval.lowerBound, interval.upperBound)
    passes = allowedRates(setting, acquisition, cell: cell, level: level).map(interval.overlaps)
  }
}

/// The variance of a rate from the differences between runs of equal size; 0 of a single run.
private func varianceOfMean(_ hitsPerRun: [Int], of count: Int) -> Double {
  let runs = Double(hitsPerRun.count)
  guard runs > 1, count > 0 else { return 0 }
  let rates = hitsPerRun.map { Double($0) * runs / Double(count) }
  let mean = rates.reduce(0, +) / runs
  return rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / ((runs - 1) * runs)
}

/// The rates that a model may have.
///
/// - Parameters:
///   - setting: What is simulated.
///   - acquisition: How it is scanned.
///   - cell: The noise and the model.
///   - level: The threshold.
/// - Returns: The band; `nil` where the model is not made for the noise, or nothing is asked.
func allowedRates(
  _ setting: CalibrationSetting,
  _ acquisition: Acquisition,
  cell: Tally.Cell,
  level: Double
) -> ClosedRange<Double>? {
  switch cell.model {
  case "ar1" where !cell.noise.isFirstOrder: return nil
  case "ols" where cell.noise != .white: return nil
  default: break
  }
  guard !acquisition.isShort else { return nil }
  switch level {
  case 0.05: return 0.045...(setting.isUsual ? 0.060 : 0.065)
  case 0.001: return 0...(setting.isUsual ? 0.0016 : 0.0020)
  default: return nil
  }
}
