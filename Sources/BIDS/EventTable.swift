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

  /// What was noticed, once per cause.
  public let notices: [TableNotice]

  /// What was noticed, in sentences.
  public var notes: [String] { notices.map { $0.sentence(in: path) } }

  /// Creates a table of events that were not read from a file.
  ///
  /// - Parameters:
  ///   - path: What stands for the file in messages.
  ///   - columns: The names of all columns, onset and duration included.
  ///   - events: The events.
  public init(path: String, columns: [String], events: [Event]) {
    (self.path, self.columns, notices) = (path, columns, [])
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

    let onsetNumbers = try table.numbers(onsets, "onset", "a number of seconds") { cellNumber($0) }
    let durationNumbers = try table.numbers(
      durations,
      "duration",
      "a number of seconds from 0 on, or n/a"
    ) { isMissing($0) ? .nan : cellNumber($0).flatMap { $0 >= 0 ? $0 : nil } }
    var events: [Event] = []
    for (row, cells) in table.rows.enumerated() {
      var values: [String: String] = [:]
      for (column, cell) in zip(table.columns, cells) { values[column] = cell }
      (values["onset"], values["duration"]) = (nil, nil)
      events.append(
        Event(
          onset: onsetNumbers[row],
          duration: durationNumbers[row],
          values: values,
          line: table.lineNumbers[row]
        )
      )
    }
    self.path = path
    columns = table.columns
    self.events = EventTable.sorted(events)
    notices =
      table.notices + [table.emptyCells].compactMap(\.self) + EventTable.notices(on: events)
  }

  /// Copies a table with other events and notes.
  private init(_ other: EventTable, events: [Event]) {
    (path, columns, notices) = (other.path, other.columns, other.notices)
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

  private static func notices(on events: [Event]) -> [TableNotice] {
    let pairs = zip(events, events.dropFirst())
    return [
      notice(.unsorted, pairs.filter { $0.0.onset > $0.1.onset }.map(\.1), of: events) {
        "rows are not in the order of their onsets, \($0) too early; sorted"
      },
      notice(.noDuration, events.filter(\.duration.isNaN), of: events) {
        "\($0) events have no duration"
      },
      notice(.zeroDuration, events.filter { $0.duration == 0 }, of: events) {
        "\($0) events have duration 0; each is modelled as a moment"
      },
      notice(.beforeStart, events.filter { $0.onset < 0 }, of: events) {
        "\($0) events begin before the first volume; what the run still sees of them is modelled"
      },
      events.isEmpty ? TableNotice(.noEvents, "there are no events") : nil,
    ].compactMap(\.self)
  }

  /// Returns what is said about some events; `nil` where there are none.
  private static func notice(
    _ cause: TableNotice.Cause,
    _ found: [Event],
    of all: [Event],
    _ sentence: (String) -> String
  ) -> TableNotice? {
    guard let first = found.first else { return nil }
    return TableNotice(cause, line: first.line, sentence("\(found.count) of \(all.count)"))
  }
}

extension Table {
  /// Returns the numbers in a column.
  ///
  /// - Throws: ``BIDSError`` with the first cell that makes none, and how many more there are.
  fileprivate func numbers(
    _ cells: [String],
    _ column: String,
    _ expected: String,
    _ read: (String) -> Double?
  ) throws(BIDSError) -> [Double] {
    let numbers = cells.map(read)
    guard let first = numbers.firstIndex(of: nil) else { return numbers.compactMap(\.self) }
    let others = numbers.count { $0 == nil } - 1
    throw BIDSError(
      path: path,
      reason: .badCell(
        line: lineNumbers[first],
        column: column,
        text: cells[first],
        expected: expected + (others > 0 ? " (so in \(others) more rows)" : "")
      )
    )
  }
}
