public import BIDS

/// When a run began on the clock that its onsets are counted by.
public struct RunClock: Equatable, Sendable {
  /// What a run's beginning was told by.
  public enum Evidence: Equatable, Sendable {
    /// It is the first run of its clock: onsets count from its own first volume.
    case first

    /// The lengths of the runs before it, as their images state them; the first onsets agree.
    case runLengths

    /// Its first onset, taken to come as long after the run's start as the first run's does, since no
    /// image tells how long the runs before it are.
    case firstOnsets

    /// The two differ by more than a repetition time: the lengths say one time, the first onsets another.
    case disagreement(runLengths: Double, firstOnsets: Double)

    /// No earlier run is there to count from.
    case unknown
  }

  /// The run.
  public let run: Entities

  /// When it began, in s; what has to be taken off its onsets.
  public let start: Double

  /// What that is told by.
  public let evidence: Evidence

  /// Whether the onsets do not count from the run's own start.
  public var isShared: Bool { evidence != .first }
}

/// Finds the runs whose onsets count on from the runs before them.
///
/// The runs of one session and task are taken in order. A run goes on counting where its first onset
/// comes after the last of the run before it, and some of its onsets come after its own end; where no
/// image tells that end, where the run before has at least three events, which no jitter of one first
/// onset outlasts. A run whose every event comes after its own end, with no earlier run to count from,
/// counts from an unknown time.
///
/// - Parameter runs: Runs of one participant, in any order.
/// - Returns: One clock per run that has events, in the order of the runs.
public func runClocks(of runs: [RunEvents]) -> [RunClock] {
  Dictionary(grouping: runs.filter { !$0.table.events.isEmpty }, by: \.clockKey).values
    .flatMap { clocks(inOrder: $0.sorted { $0.run < $1.run }) }
    .sorted { $0.run < $1.run }
}

/// Returns the clocks of the runs of one session and task.
private func clocks(inOrder runs: [RunEvents]) -> [RunClock] {
  var found: [RunClock] = []
  var chain: [RunEvents] = []
  for run in runs {
    if let last = chain.last, goesOn(run, after: last) {
      found.append(clock(of: run, after: chain))
    } else {
      let isLost = isPastEnd(run.firstOnset, run)
      found.append(RunClock(run: run.run, start: 0, evidence: isLost ? .unknown : .first))
      chain = []
    }
    chain.append(run)
  }
  return found
}

/// Whether a run's onsets count on from those of the run before it.
private func goesOn(_ run: RunEvents, after last: RunEvents) -> Bool {
  guard let first = run.firstOnset, let before = last.lastOnset, first > before else {
    return false
  }
  guard run.runEnd != nil else { return last.table.events.count >= 3 }
  return isPastEnd(run.lastOnset, run)
}

private func isPastEnd(_ onset: Double?, _ run: RunEvents) -> Bool {
  guard let onset, let end = run.runEnd else { return false }
  return onset >= end
}

/// Returns when a run began that counts on from others.
private func clock(of run: RunEvents, after chain: [RunEvents]) -> RunClock {
  let head = chain[0]
  guard let first = run.firstOnset, let start = head.firstOnset, !isPastEnd(start, head) else {
    return RunClock(run: run.run, start: 0, evidence: .unknown)
  }
  let byOnsets = wholeVolumes(first - start, repetitionTime: head.repetitionTime)
  let lengths = chain.compactMap(\.runEnd)
  guard lengths.count == chain.count else {
    return RunClock(run: run.run, start: byOnsets, evidence: .firstOnsets)
  }
  let byLengths = lengths.reduce(0, +)
  guard abs(byLengths - (first - start)) <= (head.repetitionTime ?? 1) else {
    return RunClock(
      run: run.run,
      start: byLengths,
      evidence: .disagreement(runLengths: byLengths, firstOnsets: byOnsets)
    )
  }
  return RunClock(run: run.run, start: byLengths, evidence: .runLengths)
}

/// Returns a time, or the next whole number of volumes where that is within 50 ms.
private func wholeVolumes(_ time: Double, repetitionTime: Double?) -> Double {
  guard let repetitionTime, repetitionTime > 0 else { return time }
  let whole = (time / repetitionTime).rounded() * repetitionTime
  return abs(whole - time) <= 0.05 ? whole : time
}
