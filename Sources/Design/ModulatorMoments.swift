import BIDS
import Job

/// The mean and the standard deviation of each modulator over several runs, by condition.
public struct ModulatorMoments: Equatable, Sendable {
  /// A column and a condition.
  private struct Key: Hashable {
    let column: String
    let condition: String
    let source: String
  }

  private var values: [Key: Moments] = [:]

  /// Knows nothing.
  public init() {}

  /// Takes the moments over the events of several runs that lie within their runs.
  ///
  /// - Parameters:
  ///   - runs: The runs, their onsets on their own clocks.
  ///   - model: Which columns modulate.
  /// - Throws: ``DesignError`` where a cell is no number.
  init(of runs: [RunEvents], model: Model) throws(DesignError) {
    let asked = model.modulators.filter { $0.centring == .participant }
    guard !asked.isEmpty else { return }
    var numbers: [Key: [Double]] = [:]
    for run in runs {
      let groups = try EventGroups(run.table, column: model.conditionColumn)
      for (condition, all) in groups.events {
        let events = all.filter { $0.onset < run.runEnd ?? .infinity }
        for modulator in asked where modulator.condition ?? condition == condition {
          guard run.table.columns.contains(modulator.column) else { continue }
          let key = Self.key(modulator, condition)
          let found = try ModulatorValues(of: events, modulator, in: run.table)
          numbers[key, default: []] += found.known
        }
      }
    }
    values = numbers.compactMapValues { Moments(of: $0) }
  }

  /// Returns the moments of a modulator of a condition, or `nil` where they are not known.
  func moments(of modulator: Modulator, condition: String) -> Moments? {
    values[Self.key(modulator, condition)]
  }

  private static func key(_ modulator: Modulator, _ condition: String) -> Key {
    Key(column: modulator.column, condition: condition, source: modulator.source.rawValue)
  }
}

/// A mean and a standard deviation.
struct Moments: Equatable, Sendable {
  /// The mean.
  let mean: Double

  /// The standard deviation, of *n* - 1; 0 of a single value.
  let deviation: Double

  /// Takes the moments of values; `nil` where there are none.
  init?(of values: [Double]) {
    guard !values.isEmpty else { return nil }
    mean = values.reduce(0, +) / Double(values.count)
    let centre = mean
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    deviation = values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot()
  }
}
