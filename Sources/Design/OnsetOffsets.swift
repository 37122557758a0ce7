import BIDS
import Job

/// Returns what is taken off a run's onsets.
///
/// - Parameters:
///   - run: The run.
///   - clock: When it began on the clock of its events, as its neighbours tell.
///   - asked: What is asked.
/// - Returns: The offset, in s.
/// - Throws: ``DesignError`` where the onsets need one that was not asked for, or cannot be told.
func onsetOffset(
  of run: RunEvents,
  clock: RunClock?,
  asked: OnsetOffset
) throws(DesignError) -> Double {
  let offset: Double
  switch asked {
  case .none:
    if let clock, clock.isShared { throw .sharedClock(SharedClock(run, clock)) }
    return 0
  case .seconds(let seconds): offset = seconds
  case .runs(let rows): offset = try stated(for: run, in: rows)
  case .auto:
    guard let clock, clock.isShared else { return 0 }
    switch clock.evidence {
    case .runLengths, .firstOnsets: offset = clock.start
    default: throw .noOffset(SharedClock(run, clock))
    }
  }
  try requireInside(run, after: offset)
  return offset
}

/// Returns what a table of offsets says about a run.
private func stated(for run: RunEvents, in rows: [RunOffset]) throws(DesignError) -> Double {
  let found = rows.filter { row in
    let labels = [
      (row.participant, Entity.subject), (row.session, .session), (row.task, .task),
    ]
    return labels.allSatisfy { $0.0 == nil || $0.0 == run.run[$0.1] }
      && (row.run.map { isSameRun($0, run.run.run) } ?? true)
  }
  guard found.count == 1 else {
    throw .offsetRows(run: run.run.name, count: found.count)
  }
  return found[0].seconds
}

/// Whether two labels of runs are the same, or the same number.
private func isSameRun(_ first: String, _ second: String?) -> Bool {
  guard let second else { return false }
  if first == second { return true }
  guard let a = Int(first), let b = Int(second) else { return false }
  return a == b
}

/// Refuses an offset that leaves no event within the run.
private func requireInside(_ run: RunEvents, after offset: Double) throws(DesignError) {
  guard let first = run.firstOnset, let last = run.lastOnset, let end = run.runEnd else { return }
  guard last - offset >= 0, first - offset < end else {
    throw .offsetMisses(
      path: run.table.path,
      offset: offset,
      firstOnset: first - offset,
      lastOnset: last - offset,
      runEnd: end
    )
  }
}

/// Refuses events that last twice as long as the run, and more: their durations have another unit.
func requireShorter(_ run: RunEvents) throws(DesignError) {
  guard let end = run.runEnd else { return }
  let long = run.table.events.filter { $0.duration > 2 * end }
  guard let first = long.first else { return }
  throw .lastsTooLong(
    path: run.table.path,
    line: first.line,
    duration: first.duration,
    count: long.count,
    runEnd: end
  )
}

/// Refuses onsets that are further apart than the run is long, and fit it when taken as milliseconds.
func requireSeconds(_ run: RunEvents) throws(DesignError) {
  let onsets = run.table.events.map(\.onset)
  guard let end = run.runEnd, let last = onsets.last, onsets.count >= 3 else { return }
  let gaps = zip(onsets, onsets.dropFirst()).map { $1 - $0 }.sorted()
  guard gaps[gaps.count / 2] >= end, last > 20 * end, last / 1000 < end else { return }
  throw .milliseconds(path: run.table.path, lastOnset: last, runEnd: end)
}

/// Refuses events most of which begin after the run's end.
func requireWithin(_ run: RunEvents) throws(DesignError) {
  guard let end = run.runEnd else { return }
  let late = run.table.events.count { $0.onset >= end }
  guard 2 * late > run.table.events.count else { return }
  throw .mostPastEnd(
    path: run.table.path,
    count: late,
    total: run.table.events.count,
    runEnd: end
  )
}
