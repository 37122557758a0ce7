import BIDS
import Job

/// Returns the modulated conditions of one modulator.
///
/// - Parameters:
///   - modulator: The column, and what is done with its values.
///   - conditions: The events of each condition, of which the modulator takes one or all.
///   - events: Where they come from.
/// - Returns: One modulated condition per condition that has values which vary.
/// - Throws: ``DesignError`` where the column or the condition is not there, or a cell is no number.
func modulated(
  by modulator: Modulator,
  conditions: [String: [Event]],
  events: EventTable
) throws(DesignError) -> ConditionSet {
  try requireColumn(modulator.column, of: events)
  let names = conditions.keys.sorted()
  if let name = modulator.condition, conditions[name] == nil {
    throw .unknownCondition(path: events.path, condition: name, found: names)
  }
  var made: [Condition] = []
  var notes: [String] = []
  var haveValues = false
  for name in modulator.condition.map({ [$0] }) ?? names {
    let members = conditions[name] ?? []
    guard try hasValues(members, modulator, path: events.path) else { continue }
    haveValues = true
    let values = try numbers(of: members, modulator.column, path: events.path)
    let label = "\(name)_by_\(modulator.column)"
    if let line = values.missingLine, modulator.centring == .none {
      throw .missingUncentredValue(path: events.path, line: line, column: modulator.column)
    }
    guard let amplitudes = amplitudes(values.numbers, modulator) else {
      notes.append("\(events.path): \(label) has the same value at every event and is left out")
      continue
    }
    let missing = values.numbers.count { $0 == nil }
    if missing > 0 {
      notes.append(
        "\(events.path): \(missing) of \(members.count) events of \(name) have no "
          + "\(modulator.column); they stay in \(name) and count as its mean in \(label)"
      )
    }
    made.append(
      Condition(
        name: label,
        onsets: members.map(\.onset),
        durations: members.map(\.duration),
        amplitudes: amplitudes,
        modulatedCondition: name
      )
    )
  }
  guard haveValues else {
    throw .noModulatorValues(
      path: events.path,
      column: modulator.column,
      condition: modulator.condition
    )
  }
  return ConditionSet(conditions: made, notes: notes)
}

/// Whether any event of a condition has a number.
private func hasValues(
  _ events: [Event],
  _ modulator: Modulator,
  path: String
) throws(DesignError) -> Bool {
  let hasNumber = events.contains { cellNumber($0.values[modulator.column] ?? "") != nil }
  guard !hasNumber, modulator.condition != nil else { return hasNumber }
  // Asked for by name: words where numbers belong are named rather than skipped.
  _ = try numbers(of: events, modulator.column, path: path)
  return false
}

/// Returns the numbers in a column, `nil` where there is none, and the first line without one.
private func numbers(
  of events: [Event],
  _ column: String,
  path: String
) throws(DesignError) -> (numbers: [Double?], missingLine: Int?) {
  var numbers: [Double?] = []
  var missingLine: Int?
  for event in events {
    let text = event.values[column] ?? ""
    let number = cellNumber(text)
    if number == nil {
      guard isMissing(text) else {
        throw .notNumeric(path: path, line: event.line, column: column, text: text)
      }
      missingLine = missingLine ?? event.line
    }
    numbers.append(number)
  }
  return (numbers, missingLine)
}

/// Returns the amplitudes that values make; `nil` where the values do not vary.
private func amplitudes(_ values: [Double?], _ modulator: Modulator) -> [Double]? {
  let known = values.compactMap { $0 }
  guard known.count >= 2 else { return nil }
  let mean = known.reduce(0, +) / Double(known.count)
  let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let deviation = (squares / Double(known.count - 1)).squareRoot()
  guard deviation > 1e-12 * known.reduce(0, { max($0, abs($1)) }) else { return nil }
  let centre = modulator.centring == .run ? mean : 0
  let unit = modulator.scaling == .sd ? deviation : 1
  return values.map { value in value.map { ($0 - centre) / unit } ?? 0 }
}
