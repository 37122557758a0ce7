/// One false-positive rate.
struct CalibrationRow: Encodable {
  let setting: String
  let noise: String
  let tr: Double
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
  let error: Double

  /// The 99.9 % confidence bounds of the rate.
  let lower, upper: Double

  /// Whether the interval meets the band; `nil` where none is asked for.
  let passes: Bool?

  private enum CodingKeys: String, CodingKey {
    case setting, noise, tr, model, censored, varying, fwhm, motionColumns = "motion_columns"
    case region, series, alpha, rate, error, lower, upper, passes
  }

  /// Works out the rate and judges it.
  ///
  /// - Parameters:
  ///   - setting: What was simulated.
  ///   - acquisition: How it was scanned.
  ///   - cell: The noise and the model.
  ///   - level: The threshold.
  ///   - hits: The number of series under it.
  ///   - count: The number of series.
  init(
    _ setting: CalibrationSetting,
    _ acquisition: Acquisition,
    cell: Tally.Cell,
    level: Double,
    hits: Int,
    of count: Int
  ) {
    let rate = Double(hits) / Double(max(1, count))
    let interval = exactInterval(hits: hits, of: count, confidence: 0.999)
    self.setting = setting.name
    noise = cell.noise.rawValue
    tr = acquisition.repetitionTime
    model = cell.model
    censored = setting.censored
    varying = setting.varying
    fwhm = setting.smoothness
    motionColumns = setting.motionColumns
    region = setting.region
    series = count
    alpha = level
    self.rate = rate
    error = (rate * (1 - rate) / Double(max(1, count))).squareRoot()
    (lower, upper) = (interval.lowerBound, interval.upperBound)
    passes = allowedRates(setting, cell: cell, level: level).map(interval.overlaps)
  }
}

/// The rates that a model may have.
///
/// - Parameters:
///   - setting: What is simulated.
///   - cell: The noise and the model.
///   - level: The threshold.
/// - Returns: The band; `nil` where the model is not made for the noise, or nothing is asked.
func allowedRates(
  _ setting: CalibrationSetting,
  cell: Tally.Cell,
  level: Double
) -> ClosedRange<Double>? {
  switch cell.model {
  case "ar1" where !cell.noise.isFirstOrder: return nil
  case "ols" where cell.noise != .white: return nil
  default: break
  }
  switch level {
  case 0.05: return 0.045...(setting.isUsual ? 0.060 : 0.065)
  case 0.001: return 0...(setting.isUsual ? 0.0016 : 0.0020)
  default: return nil
  }
}
