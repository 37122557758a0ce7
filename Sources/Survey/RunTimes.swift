import BIDS
import Design
import Job

/// Finds when each run began on the clock of its events, and how long a run is whose image does not tell.
///
/// - Parameters:
///   - runs: All runs of a participant's tasks, in order.
///   - model: What is asked.
///   - root: The dataset's folder.
/// - Returns: The runs with events on their own clocks.
func onOwnClocks(_ runs: [ReadRun], model: Model, root: String) -> [ReadRun] {
  let known = runs.compactMap(\.runEvents)
  let clocks = runClocks(of: known)
  var result = runs
  for place in result.indices {
    guard let events = result[place].runEvents else { continue }
    let clock = clocks.first { $0.run == events.run }
    do throws(DesignError) {
      let others = known.filter { $0.run != events.run }
      let plan = try EventPlan(of: [events], besides: others, model: model)
      result[place].events = plan.events(of: events.run)
      if let remark = plan.remark(on: events.run) {
        result[place].survey.findings.append(
          Finding(.note, "onsetOffset", words: remark, root: root)
        )
      }
    } catch {
      result[place].survey.findings.append(
        Finding(.blocker, "onsetOffset", words: "\(error)", root: root)
      )
      result[place].events = clock.flatMap { events.table.onItsClock($0) }
    }
    if let clock, clock.isShared { result[place].survey.clockStart = clock.start }
    result[place].inferLength(from: clock, clocks)
  }
  return result
}

extension EventTable {
  /// The table counted from the run's first volume, where its clock is certain.
  fileprivate func onItsClock(_ clock: RunClock) -> EventTable? {
    switch clock.evidence {
    case .first: self
    case .runLengths, .firstOnsets: shifted(by: -clock.start)
    case .disagreement, .unknown: nil
    }
  }
}

extension ReadRun {
  /// Takes the next run's beginning as the run's end, or else the last event's.
  fileprivate mutating func inferLength(from clock: RunClock?, _ clocks: [RunClock]) {
    guard survey.length == nil else { return }
    if let clock, let next = next(after: clock, in: clocks) {
      (survey.length, survey.lengthSource) = (next.start - clock.start, .clock)
    } else if let last = events?.events.map({ $0.onset + ($0.duration.isNaN ? 0 : $0.duration) })
      .max()
    {
      (survey.length, survey.lengthSource) = (last, .onsets)
    }
  }

  /// The run after this one, where it goes on counting.
  private func next(after clock: RunClock, in clocks: [RunClock]) -> RunClock? {
    let same = clocks.filter { $0.run.without(.run) == clock.run.without(.run) }
    guard let place = same.firstIndex(of: clock), place + 1 < same.count else { return nil }
    let next = same[place + 1]
    return next.isShared && next.start > clock.start ? next : nil
  }
}
