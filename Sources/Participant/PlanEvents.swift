import BIDS
import Design
import Job
import NIfTI

/// Puts the events of the runs on the runs' own clocks, as asked.
///
/// Where onsets may count on from run to run, the other runs of the same sessions and tasks are looked
/// at too, since a run alone does not tell when it began.
///
/// - Parameters:
///   - runs: The runs that are modelled; each has events.
///   - request: What was asked, of whom.
/// - Returns: The events of each run.
/// - Throws: The error of a header, of a table, or `DesignError` of onsets that fit no run.
func planEvents(of runs: [Run], in request: ParticipantRequest) throws -> EventPlan {
  let dummyScans = request.job.preprocessing.dummyScans.statedCount
  let own = try runs.map { run in try naming(run) { try events(of: run, after: dummyScans) } }
  let tasks = Set(runs.compactMap(\.entities.task))
  let sessions = Set(runs.compactMap(\.entities.session))
  let all = try? request.dataset.runs(
    of: request.participant,
    sessions: sessions.sorted(),
    tasks: tasks.sorted()
  )
  let known = Set(runs.map(\.entities))
  // A neighbour only helps to tell a time: one that cannot be read tells nothing.
  let others = (all ?? []).filter { !known.contains($0.entities) && $0.eventsPath != nil }
    .compactMap { try? events(of: $0, after: dummyScans) }
  return try EventPlan(of: own, besides: others, model: request.job.model)
}

/// Reads the events of a run, and how long it is.
private func events(of run: Run, after dummyScans: Int) throws -> RunEvents {
  guard let path = run.eventsPath else {
    throw ParticipantError.noEvents(participant: run.entities.subject)
  }
  let header = try readHeader(run.imagePath)
  let time = try repetitionTime(
    sidecar: run.sidecar.repetitionTime,
    header: header.repetitionTime,
    path: run.imagePath
  )
  try PreparedRun.requireVolumes(header.volumeCount, of: run, after: dummyScans)
  return RunEvents(
    run: run.entities,
    table: try EventTable(path: path),
    runEnd: Double(header.volumeCount) * time.seconds,
    repetitionTime: time.seconds
  )
}
