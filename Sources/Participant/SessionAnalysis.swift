import Atlas
import BIDS
import Design
import GLM
import Imaging
import Job
import Normalization
import Realignment

/// The order of the steps from a session's runs to its results.
///
/// One run is in memory at a time: it is read, realigned, resampled and fitted before the next one.
struct SessionAnalysis {
  /// What was asked, of whom.
  let request: ParticipantRequest

  /// The session, without `ses-`, where there is one.
  let session: String?

  /// Its runs with events, in order.
  let runs: [Run]

  /// The events of all the participant's runs.
  let events: EventPlan

  /// The side of the body that contra and ipsi refer to in each of them.
  let sides: RunSides

  /// Its runs without events.
  let leftOut: [Run]

  /// The atlases, in the order they were asked for.
  let atlases: [RegionAtlas]

  /// The names of its files.
  var names: ResultNames { ResultNames(participant: request.participant, session: session) }

  /// Goes through the steps.
  ///
  /// - Returns: What was found.
  /// - Throws: The first error of any step.
  func analyze() throws -> SessionResult {
    let target = try findTarget()
    var made: SessionSpace?
    var results: [RunResult] = []
    for run in runs {
      let prepared = try naming(run) { try prepare(run) }
      let space = try made ?? makeSpace(from: prepared, to: target)
      let isFirst = made == nil
      results.append(try naming(run) { try fit(prepared, in: space, isFirst: isFirst) })
      made = space
    }
    guard let space = made else {
      throw ParticipantError.noEvents(participant: request.participant)
    }
    request.progress("\(names.stem): tables and maps")
    let tasks = try combine(results, in: space)
    return SessionResult(
      participant: request.participant,
      session: session,
      reference: space.reference,
      mask: space.mask,
      normalization: space.normalization,
      atlases: space.atlases,
      runs: results,
      tasks: tasks,
      regionRows: try regionRows(of: results, tasks: tasks, in: space),
      notes: results.flatMap(\.warnings) + notes(in: space, of: target)
        + partialNotes(of: tasks, runs: results)
        + tasks.flatMap { task in
          unseenRegionNotes(
            of: task.task,
            runs: task.runs.map { results[$0] },
            atlases: space.atlases
          )
        }
    )
  }

  /// Reads a run and finds its motion, unless another program did.
  private func prepare(_ run: Run) throws -> PreparedRun {
    if let files = run.preprocessed {
      request.progress("\(run.entities.name): reading")
      return try PreparedRun(run, with: files, job: request.job)
    }
    request.progress("\(run.entities.name): motion")
    return try PreparedRun(
      run,
      preprocessing: request.job.preprocessing,
      threads: request.threads
    )
  }

  /// Names every contrast that some of its task's runs could not answer.
  private func partialNotes(of tasks: [TaskResult], runs: [RunResult]) -> [String] {
    tasks.flatMap { task in
      task.estimates.compactMap { estimate in
        let name = estimate.contrast.name
        let lacking = task.runs.filter { runs[$0].fit.estimate(named: name) == nil }
        guard !lacking.isEmpty else { return nil }
        let names = lacking.map { runs[$0].run.entities.name }.joined(separator: ", ")
        return "task \(task.task), contrast \(name): combined over "
          + "\(task.runs.count - lacking.count) of \(task.runs.count) runs; \(names) "
          + (lacking.count == 1 ? "lacks" : "lack") + " a condition"
      }
    }
  }

  private func notes(in space: SessionSpace, of target: SessionTarget) -> [String] {
    let unmodelled = leftOut.map {
      "\($0.entities.name): there is no events file, so this run was left out"
    }
    let problems = space.normalization.check?.problems ?? []
    let kinds = request.dataset.unusedImages(of: request.participant, session: session)
    let unused =
      request.preprocessed != nil
      ? []
      : UnusedImages.allCases.filter { kinds[$0] != nil }.map { "\(names.stem): \($0.sentence)" }
    return withoutFolders(
      unmodelled + unused + target.notes + sides.notes + space.notes
        + space.atlases.compactMap(\.warning)
        + space.atlases.flatMap(\.atlas.notes) + problems
    )
  }

  /// Returns sentences in which files of the dataset, atlases and templates stand without the
  /// folders they lie in: no result tells where it was made.
  ///
  /// - Parameter notes: Sentences with paths.
  /// - Returns: The same with paths from the dataset on, or bare names.
  func withoutFolders(_ notes: [String]) -> [String] {
    let job = request.job
    let files = job.regions.atlases + [job.normalization.template].compactMap(\.self)
    let folders =
      [request.dataset.root + "/"]
      + [request.preprocessed.map { $0.folder + "/" }].compactMap(\.self)
      + files.compactMap { file in file.lastIndex(of: "/").map { String(file[...$0]) } }
      .filter { $0.count > 1 }
    return notes.map { note in
      folders.reduce(note) { $0.replacing($1, with: "") }
    }
  }
}
