import Atlas
import BIDS
import Files
import Job

/// Analyses one participant: every session on its own grid, every run in its session's space.
///
/// - Parameter request: What was asked, of whom.
/// - Returns: All that was found; nothing is written but what the registration keeps.
/// - Throws: The first error of any step, with its file and reason.
public func analyze(_ request: ParticipantRequest) throws -> ParticipantResult {
  let selected = try request.selectedRuns()
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
      sides: try RunSides(of: runs.filter(isHere), in: request),
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

extension ParticipantRequest {
  /// The runs that are asked for, of the dataset or as another program prepared them.
  fileprivate func selectedRuns() throws -> [Run] {
    let selection = job.selection
    guard let preprocessed else {
      return try dataset.runs(
        of: participant,
        sessions: selection.sessions,
        tasks: selection.tasks,
        runs: selection.runs
      )
    }
    return try preprocessed.runs(
      PreprocessedSelection(
        participant: participant,
        space: try preprocessed.templateSpace(job.normalization.space),
        resolution: job.derivatives?.resolution,
        sessions: selection.sessions,
        tasks: selection.tasks,
        runs: selection.runs
      ),
      eventsFrom: dataset
    )
  }
}

/// Returns the files that were read, relative to the dataset.
private func inputs(of runs: [Run], in request: ParticipantRequest) -> [String] {
  var paths = runs.flatMap {
    [$0.imagePath] + $0.sidecar.sources + [$0.eventsPath].compactMap(\.self)
      + ($0.preprocessed?.paths ?? [])
  }
  if request.job.normalization.method == .t1w {
    let sessions = Set(runs.map(\.entities.session))
    paths += sessions.compactMap {
      request.dataset.t1wPath(of: request.participant, session: $0)
    }
  }
  let isAsked = request.job.laterality != .stated || !request.job.phenotype.files.isEmpty
  if let phenotype = request.phenotype, isAsked || phenotype.columns.contains("stimulated_side") {
    paths += phenotype.paths
  }
  return Set(paths.map { relativePath(to: $0, from: request.dataset.root) }).sorted()
}
