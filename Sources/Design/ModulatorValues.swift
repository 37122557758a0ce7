import BIDS
import Job

/// What a modulator's column holds for each event of a condition.
struct ModulatorValues {
  /// One value per event; `nil` where there is none.
  private(set) var numbers: [Double?] = []

  /// The line of the first event without a value.
  private(set) var missingLine: Int?

  /// The values there are.
  var known: [Double] { numbers.compactMap { $0 } }

  /// Whether the values differ from each other.
  var vary: Bool {
    guard known.count >= 2, let moments = Moments(of: known) else { return false }
    return moments.deviation > 1e-12 * known.reduce(0) { max($0, abs($1)) }
  }

  /// Reads the values.
  ///
  /// - Parameters:
  ///   - events: The events of the condition, in the order of their onsets.
  ///   - modulator: The column, and in which row the value stands.
  ///   - table: All events of the run.
  /// - Throws: ``DesignError`` where a cell is neither a number nor missing.
  init(
    of events: [Event],
    _ modulator: Modulator,
    in table: EventTable
  ) throws(DesignError) {
    for (place, event) in events.enumerated() {
      let next = place + 1 < events.count ? events[place + 1].onset : .infinity
      let row =
        modulator.source == .own
        ? event : Self.follower(of: event, before: next, modulator.column, table)
      let number = try Self.number(in: row, modulator.column, path: table.path)
      if number == nil { missingLine = missingLine ?? event.line }
      numbers.append(number)
    }
  }

  /// The first row after an event, and before the condition's next, that has something in a column.
  private static func follower(
    of event: Event,
    before next: Double,
    _ column: String,
    _ table: EventTable
  ) -> Event? {
    table.events.first {
      $0.onset > event.onset && $0.onset < next && !isMissing($0.values[column] ?? "")
    }
  }

  private static func number(
    in row: Event?,
    _ column: String,
    path: String
  ) throws(DesignError) -> Double? {
    guard let row, let text = row.values[column] else { return nil }
    if let number = cellNumber(text) { return number }
    guard isMissing(text) else {
      throw .notNumeric(path: path, line: row.line, column: column, text: text)
    }
    return nil
  }
}
