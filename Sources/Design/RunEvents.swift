public import BIDS

/// The events of one run, and what is known of the run's time.
public struct RunEvents: Equatable, Sendable {
  /// Which run it is.
  public let run: Entities

  /// Its events.
  public let table: EventTable

  /// When it ends, in s after the start of its first volume; `nil` where no image tells.
  public let runEnd: Double?

  /// The time from one volume to the next, in s; `nil` where nothing tells.
  public let repetitionTime: Double?

  /// Creates the events of a run.
  ///
  /// - Parameters:
  ///   - run: Which run it is.
  ///   - table: Its events.
  ///   - runEnd: When it ends, in s; `nil` where no image tells.
  ///   - repetitionTime: The time from one volume to the next, in s; `nil` where nothing tells.
  public init(run: Entities, table: EventTable, runEnd: Double?, repetitionTime: Double?) {
    self.run = run
    self.table = table
    self.runEnd = runEnd
    self.repetitionTime = repetitionTime
  }

  /// The first onset, in s.
  var firstOnset: Double? { table.events.first?.onset }

  /// The last onset, in s.
  var lastOnset: Double? { table.events.last?.onset }

  /// Which clock its onsets can share with other runs: those of the same session and task.
  var clockKey: Entities { run.without(.run) }
}
