public import BIDS
public import Job

/// What the events of all runs of a participant say together: when each run began, and around which
/// value each modulator is centred.
public struct EventPlan: Sendable {
  /// When each run began on the clock of its events.
  public let clocks: [RunClock]

  /// The events of each run that is modelled, counted from its first volume.
  private let events: [Entities: EventTable]

  /// What was taken off the onsets of each of these runs, in a sentence.
  private let remarks: [Entities: String]

  /// The moments of the modulators, by task.
  private let moments: [String?: ModulatorMoments]

  /// Puts the onsets of each run on the run's own clock, as asked.
  ///
  /// - Parameters:
  ///   - runs: The runs that are modelled.
  ///   - others: Other runs of their sessions and tasks, which tell when the modelled ones began.
  ///   - model: What is asked.
  /// - Throws: ``DesignError`` where onsets do not count from the run's start and nothing was asked to
  ///   be done about it, where no offset can be told, or a modulator's cell cannot be used.
  public init(
    of runs: [RunEvents],
    besides others: [RunEvents] = [],
    model: Model
  ) throws(DesignError) {
    let clocks = runClocks(of: runs + others)
    var (events, remarks): ([Entities: EventTable], [Entities: String]) = ([:], [:])
    var shifted: [RunEvents] = []
    for run in runs {
      try requireSeconds(run)
      try requireShorter(run)
      let clock = clocks.first { $0.run == run.run }
      let offset = try onsetOffset(of: run, clock: clock, asked: model.onsetOffset)
      let table = offset == 0 ? run.table : run.table.shifted(by: -offset)
      if offset != 0 {
        let early = table.events.count { $0.onset < 0 }
        remarks[run.run] =
          "\(table.path): \(seconds(offset)) s were taken off every onset (\(words(model, clock)))"
          + (early > 0 ? "; \(early) events then begin before the first volume" : "")
      }
      events[run.run] = table
      shifted.append(
        RunEvents(
          run: run.run,
          table: table,
          runEnd: run.runEnd,
          repetitionTime: run.repetitionTime
        )
      )
    }
    // An offset that leaves the runs counting on was not the right one.
    let left = runClocks(of: shifted)
    for run in shifted {
      if let clock = left.first(where: { $0.run == run.run }), clock.isShared {
        throw .sharedClock(SharedClock(run, clock))
      }
      try requireWithin(run)
    }
    self.clocks = clocks
    self.events = events
    self.remarks = remarks
    var moments: [String?: ModulatorMoments] = [:]
    for (task, runs) in Dictionary(grouping: shifted, by: \.run.task) {
      moments[task] = try ModulatorMoments(of: runs, model: model)
    }
    self.moments = moments
  }

  /// Returns the events of a run, counted from its first volume.
  ///
  /// - Parameter run: A run that is modelled.
  /// - Returns: The events; `nil` of a run that is not.
  public func events(of run: Entities) -> EventTable? { events[run] }

  /// Returns what was taken off the onsets of a run, in a sentence.
  ///
  /// - Parameter run: A run that is modelled.
  /// - Returns: The sentence; `nil` where nothing was.
  public func remark(on run: Entities) -> String? { remarks[run] }

  /// Returns the means and standard deviations of the modulators over the runs of a run's task.
  ///
  /// - Parameter run: A run that is modelled.
  /// - Returns: The moments.
  public func moments(for run: Entities) -> ModulatorMoments {
    moments[run.task] ?? ModulatorMoments()
  }
}

/// Says where an offset comes from.
private func words(_ model: Model, _ clock: RunClock?) -> String {
  guard case .auto = model.onsetOffset else { return "as asked" }
  return clock?.evidence == .runLengths
    ? "the length of the runs before it" : "by the first onsets of the runs"
}
