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
    if let clock, clock.isShared { throw .sharedClock(shared(run, clock)) }
    return 0
  case .seconds(let seconds): offset = seconds
  case .runs(let rows): offset = try stated(for: run, in: rows)
  case .auto:
    guard let clock, clock.isShared else { return 0 }
    switch clock.evidence {
    case .runLengths, .firstOnsets: offset = clock.start
    default: throw .noOffset(shared(run, clock))
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

/// Returns what an error says about a run whose onsets do not count from its start.
private func shared(_ run: RunEvents, _ clock: RunClock) -> SharedClock {
  SharedClock(
    path: run.table.path,
    firstOnset: run.firstOnset ?? .nan,
    lastOnset: run.lastOnset ?? .nan,
    runEnd: run.runEnd,
    clock: clock
  )
}
