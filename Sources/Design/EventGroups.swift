import BIDS

/// The events of each condition of a run.
struct EventGroups {
  /// The events by condition, each in the order of their onsets.
  private(set) var events: [String: [Event]] = [:]

  /// How many were left out, in a sentence.
  private(set) var notes: [String] = []

  /// Sorts events into conditions.
  ///
  /// - Parameters:
  ///   - table: The events.
  ///   - column: The column of the conditions, or `present(a, b)`.
  /// - Throws: ``DesignError`` where a column is not there, or no event has a value.
  init(_ table: EventTable, column: String) throws(DesignError) {
    let markers = table.columns.contains(column) ? nil : markerColumns(column)
    for marker in markers ?? [column] { try requireColumn(marker, of: table) }
    var ignored = 0
    for event in table.events {
      let name =
        markers.map { $0.first { !isMissing(event.values[$0] ?? "") } ?? "" }
        ?? event.values[column] ?? ""
      if isMissing(name) {
        ignored += 1
      } else {
        events[name, default: []].append(event)
      }
    }
    guard !events.isEmpty else { throw .noConditions(path: table.path, column: column) }
    guard ignored > 0 else { return }
    notes = [
      "\(table.path): \(ignored) of \(table.events.count) events have no \(column) and are left out"
    ]
  }
}

/// Returns the columns in `present(a, b)`; `nil` where the text is not of that form.
private func markerColumns(_ text: String) -> [String]? {
  guard text.hasPrefix("present("), text.hasSuffix(")") else { return nil }
  return text.dropFirst("present(".count).dropLast().split(separator: ",").map { name in
    String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Refuses events that lack a column.
func requireColumn(_ column: String, of events: EventTable) throws(DesignError) {
  let usable = events.columns.filter { $0 != "onset" && $0 != "duration" }
  guard usable.contains(column) else {
    throw .noColumn(path: events.path, column: column, found: usable)
  }
}
