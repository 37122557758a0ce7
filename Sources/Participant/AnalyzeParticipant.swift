import Atlas
import BIDS
import Job

/// Analyses one participant: every session on its own grid, every run in its session's space.
///
/// - Parameter request: What was asked, of whom.
/// - Returns: All that was found; nothing is written but what the registration keeps.
/// - Throws: The first error of any step, with its file and reason.
public func analyze(_ request: ParticipantRequest) throws -> ParticipantResult {
  let selection = request.job.selection
  let selected = try request.dataset.runs(
    of: request.participant,
    sessions: selection.sessions,
    tasks: selection.tasks,
    runs: selection.runs
  )
  guard !selected.isEmpty else {
    throw ParticipantError.noRuns(participant: request.participant)
  }
  let runs = selected.filter { $0.eventsPath != nil }
  guard !runs.isEmpty else { throw ParticipantError.noEvents(participant: request.participant) }
  let events = try planEvents(of: runs, in: request)
  try rehearseModels(of: runs, events: events, job: request.job)
  let atlases = try loadAtlases(request.job.regions.atlases)

  var sessions: [SessionResult] = []
  let labels = Set(runs.map(\.entities.session)).sorted { ($0 ?? "") < ($1 ?? "") }
  guard labels.count == 1 || !labels.contains(nil) else {
    throw ParticipantError.partlyInSessions(participant: request.participant)
  }
  for label in labels {
    let isHere = { (run: Run) in run.entities.session == label }
    let session = SessionAnalysis(
      request: request,
      session: label,
      runs: runs.filter(isHere),
      events: events,
      leftOut: selected.filter { isHere($0) && $0.eventsPath == nil },
      atlases: atlases
    )
    sessions.append(try session.analyze())
  }
  return ParticipantResult(
    participant: request.participant,
    sessions: sessions,
    acrossSessions: sessions.count > 1
      ? try SessionCombination(request: request, sessions: sessions).combine() : nil,
    inputs: inputs(of: runs, in: request)
  )
}

/// Returns the files that were read, relative to the dataset.
private func inputs(of runs: [Run], in request: ParticipantRequest) -> [String] {
  var paths = runs.flatMap {
    [$0.imagePath] + $0.sidecar.sources + [$0.eventsPath].compactMap(\.self)
  }
  if request.job.normalization.method == .t1w {
    let sessions = Set(runs.map(\.entities.session))
    paths += sessions.compactMap {
      request.dataset.t1wPath(of: request.participant, session: $0)
    }
  }
  let root = request.dataset.root + "/"
  return Set(paths.map { $0.hasPrefix(root) ? String($0.dropFirst(root.count)) : $0 }).sorted()
}
