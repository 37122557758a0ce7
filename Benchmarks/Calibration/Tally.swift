/// How many null series each model found something in.
struct Tally {
  /// A noise under a model.
  struct Cell: Hashable {
    let noise: SimulatedNoise
    let model: String
  }

  /// The thresholds.
  static let levels = [0.05, 0.01, 0.001]

  /// The models in the order of the table.
  static let models = ["ols", "ar1", "arma11", "oracle"]

  /// The number of series of every cell.
  private(set) var count = 0

  /// The hits at every threshold, run by run.
  private var runs: [Cell: [[Int]]] = [:]

  /// Counts the p values of one run of one noise under one model.
  ///
  /// - Parameters:
  ///   - p: The p values of the independent series.
  ///   - noise: The noise.
  ///   - model: The model.
  mutating func add(_ p: [Double], noise: SimulatedNoise, model: String) {
    // No p at all is no answer, which must not look careful.
    let hits = Self.levels.map { level in p.count { !($0 >= level) } }
    runs[Cell(noise: noise, model: model), default: []].append(hits)
  }

  /// Notes that every cell has seen more series.
  ///
  /// - Parameter series: How many.
  mutating func extend(by series: Int) { count += series }

  /// Adds what another batch has counted.
  ///
  /// - Parameter other: The other.
  mutating func add(_ other: Tally) {
    count += other.count
    for (cell, more) in other.runs { runs[cell, default: []] += more }
  }

  /// Returns the rates.
  ///
  /// - Parameters:
  ///   - setting: What was simulated.
  ///   - acquisition: How it was scanned.
  /// - Returns: One row per noise, model and threshold.
  func rows(_ setting: CalibrationSetting, _ acquisition: Acquisition) -> [CalibrationRow] {
    SimulatedNoise.allCases.flatMap { noise in
      Self.models.flatMap { model -> [CalibrationRow] in
        let cell = Cell(noise: noise, model: model)
        guard let found = runs[cell] else { return [] }
        return Self.levels.enumerated().map { place, level in
          CalibrationRow(
            setting,
            acquisition,
            cell: cell,
            level: level,
            hitsPerRun: found.map { $0[place] },
            of: count
          )
        }
      }
    }
  }
}
