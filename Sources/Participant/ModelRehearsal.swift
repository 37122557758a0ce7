import BIDS
import Design
import Job
import NIfTI

/// Makes every run's design from headers and events alone, so that a question that cannot be asked is
/// refused before minutes are spent on motion and registration.
///
/// A contrast or a modulator may miss a condition in some runs, but not in all.
///
/// - Parameters:
///   - runs: The runs.
///   - plan: Their events.
///   - job: What was asked.
/// - Throws: The error of a header, the events, the design or a contrast.
func rehearseModels(of runs: [Run], events plan: EventPlan, job: Job) throws {
  var answered: Set<String> = []
  var modulated: Set<String?> = []
  var (missing, unmodulated): ([DesignError], [DesignError]) = ([], [])
  for run in runs {
    let (contrasts, modulators) = try naming(run) { try rehearse(run, events: plan, job: job) }
    answered.formUnion(contrasts.contrasts.map(\.name))
    modulated.formUnion(modulators.model.modulators.map(\.condition))
    missing += contrasts.missing
    unmodulated += modulators.missing
  }
  for error in unmodulated {
    guard case .unknownCondition(_, let condition, _) = error else { continue }
    if !modulated.contains(condition) { throw error }
  }
  for case .contrast(let name, let problem) in missing where !answered.contains(name) {
    throw DesignError.contrast(name: name, problem: problem)
  }
}

/// Makes one run's contrasts from its header and its events.
private func rehearse(
  _ run: Run,
  events plan: EventPlan,
  job: Job
) throws -> (contrasts: AskedContrasts, modulators: AskedModulators) {
  guard let events = plan.events(of: run.entities) else {
    throw ParticipantError.noEvents(participant: run.entities.subject)
  }
  let header = try readHeader(run.imagePath)
  let time = try repetitionTime(
    sidecar: run.sidecar.repetitionTime,
    header: header.repetitionTime,
    path: run.imagePath
  )
  try requireEvenVolumes(run, repetitionTime: time.seconds)
  try PreparedRun.requireVolumes(
    header.volumeCount,
    of: run,
    after: job.preprocessing.dummyScans.statedCount
  )
  let runEnd = Double(header.volumeCount) * time.seconds
  if let files = run.preprocessed {
    _ = try PreprocessedConfounds(of: files, volumeCount: header.volumeCount, job: job)
  }
  let modulators = try AskedModulators(job.model, for: events, runEnd: runEnd)
  let conditions = try conditions(
    of: events,
    model: modulators.model,
    runEnd: runEnd,
    moments: plan.moments(for: run.entities)
  )
  let design = try makeDesign(
    DesignRequest(
      conditions: conditions.conditions,
      frameTimes: frameTimes(
        volumeCount: header.volumeCount,
        repetitionTime: time.seconds,
        referenceTime: job.preprocessing.sliceTimeReference * time.seconds
      ),
      repetitionTime: time.seconds,
      hemodynamics: job.model.hemodynamics,
      drift: job.model.drift
    )
  )
  let asked = try AskedContrasts(job.model.contrasts, for: design)
  let volumes = Array(0..<header.volumeCount)
  let checks = check(design, contrasts: asked.contrasts, keptVolumes: volumes)
  if let refusal = checks.compactMap(\.refusal).first { throw refusal }
  return (asked, modulators)
}

/// Refuses volumes that are not one repetition time apart, to a millisecond: noise and drift are
/// modelled as if they were.
private func requireEvenVolumes(_ run: Run, repetitionTime: Double) throws {
  let times = run.sidecar.volumeTiming ?? []
  let isEven = zip(times, times.dropFirst()).allSatisfy {
    abs($1 - $0 - repetitionTime) <= 1e-3
  }
  guard isEven else { throw ParticipantError.unevenVolumes(path: run.imagePath) }
}
