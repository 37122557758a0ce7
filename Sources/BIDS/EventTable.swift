/// Something that happened during a run.
public struct Event: Equatable, Sendable {
  /// When it began, in s after the start of the first volume that was stored; may be negative.
  public let onset: Double

  /// How long it lasted, in s; 0 for a moment, NaN where the file says `n/a` or nothing.
  ///
  /// A condition cannot be made of an event whose duration is NaN.
  public let duration: Double

  /// The raw text of every other cell, by column.
  public let values: [String: String]

  /// The line of the file it stands on, counted from 1.
  public let line: Int

  /// Creates an event.
  ///
  /// - Parameters:
  ///   - onset: When it began, in s.
  ///   - duration: How long it lasted, in s.
  ///   - values: The raw text of every other cell, by column.
  ///   - line: The line of the file it stands on.
  public init(onset: Double, duration: Double, values: [String: String] = [:], line: Int = 0) {
    (self.onset, self.duration, self.values, self.line) = (onset, duration, values, line)
  }
}

/// The events of one run, in the order of their onsets.
public struct EventTable: Equatable, Sendable {
  /// The file.
  public let path: String

  /// The names of all columns, onset and duration included, in the file's order.
  public let columns: [String]

  /// The events, sorted by onset; events of one onset keep the file's order.
  public let events: [Event]

  /// What was noticed, in sentences.
  public let notes: [String]

  /// Creates a table of events that were not read from a file.
  ///
  /// - Parameters:
  ///   - path: What stands for the file in messages.
  ///   - columns: The names of all columns, onset and duration included.
  ///   - events: The events.
  public init(path: String, columns: [String], events: [Event]) {
    (self.path, self.columns, notes) = (path, columns, [])
    self.events = EventTable.sorted(events)
  }

  /// Reads the events of a run.
  ///
  /// - Parameter path: The file, separated by tabs.
  /// - Throws: ``BIDSError`` where the file is no table, has no onset or duration column, or an onset is
  ///   no number, or a duration is neither `n/a` nor a number that is at least 0.
  public init(path: String) throws(BIDSError) {
    let table = try Table(path: path, separator: .tab)
    let onsets = try table.requiredColumn("onset")
    let durations = try table.requiredColumn("duration")

    var events: [Event] = []
    for (row, cells) in table.rows.enumerated() {
      let line = table.lineNumbers[row]
      var values: [String: String] = [:]
      for (column, cell) in zip(table.columns, cells) { values[column] = cell }
      (values["onset"], values["duration"]) = (nil, nil)
      events.append(
        Event(
          onset: try table.onset(onsets[row], line),
          duration: try table.duration(durations[row], line),
          values: values,
          line: line
        )
      )
    }
    self.path = path
    columns = table.columns
    self.events = EventTable.sorted(events)
    notes = table.notes + EventTable.notes(on: events, path: path)
  }

  /// Copies a table with other events and notes.
  private init(_ other: EventTable, events: [Event]) {
    (path, columns, notes) = (other.path, other.columns, other.notes)
    self.events = events
  }

  /// Returns the table with every onset moved.
  ///
  /// - Parameter seconds: What is added to each onset, in s.
  /// - Returns: The table, otherwise the same.
  public func shifted(by seconds: Double) -> EventTable {
    let moved = events.map {
      Event(onset: $0.onset + seconds, duration: $0.duration, values: $0.values, line: $0.line)
    }
    return EventTable(self, events: moved)
  }

  private static func sorted(_ events: [Event]) -> [Event] {
    events.enumerated()
      .sorted { ($0.element.onset, $0.offset) < ($1.element.onset, $1.offset) }
      .map(\.element)
  }

  private static func notes(on events: [Event], path: String) -> [String] {
    var notes: [String] = []
    if let late = zip(events, events.dropFirst()).first(where: { $0.onset > $1.onset }) {
      notes.append("\(path):\(late.1.line): rows are not in the order of their onsets; sorted")
    }
    let open = events.filter(\.duration.isNaN)
    if let first = open.first {
      notes.append(
        "\(path):\(first.line): \(open.count) of \(events.count) events have no duration"
      )
    }
    if let early = events.first(where: { $0.onset < 0 }) {
      notes.append("\(path):\(early.line): an event begins before the first volume")
    }
    if events.isEmpty { notes.append("\(path): there are no events") }
    return notes
  }
}

extension Table {
  fileprivate func onset(_ cell: String, _ line: Int) throws(BIDSError) -> Double {
    guard let onset = cellNumber(cell) else {
      throw badCell(line, "onset", cell, "a number of seconds")
    }
    return onset
  }

  fileprivate func duration(_ cell: String, _ line: Int) throws(BIDSError) -> Double {
    if isMissing(cell) { return .nan }
    guard let duration = cellNumber(cell), duration >= 0 else {
      throw badCell(line, "duration", cell, "a number of seconds from 0 on, or n/a")
    }
    return duration
  }

  private func badCell(
    _ line: Int,
    _ column: String,
    _ text: String,
    _ expected: String
  ) -> BIDSError {
    BIDSError(
      path: path,
      reason: .badCell(line: line, column: column, text: text, expected: expected)
    )
  }
}
