import BIDS
import Design
import Job
import NIfTI

/// Makes every run's design from headers and events alone, so that a question that cannot be asked is
/// refused before minutes are spent on motion and registration.
///
/// A contrast, a modulator or a variable of a Stats Model may miss a condition in some runs, but not in
/// all.
///
/// - Parameters:
///   - runs: The runs.
///   - plan: Their events.
///   - job: What was asked.
/// - Throws: The error of a header, the events, the design or a contrast.
func rehearseModels(of runs: [Run], events plan: EventPlan, job: Job) throws {
  var sum = RehearsalSum()
  for run in runs { sum.add(try naming(run) { try rehearse(run, events: plan, job: job) }) }
  if let refusal = sum.refusal { throw refusal }
}

/// What a participant's runs can answer together.
struct RehearsalSum {
  private var answered: Set<String> = []
  private var modulated: Set<String?> = []
  private var missing: [DesignError] = []
  private var unmodulated: [DesignError] = []
  private var used: Set<StatsModelUse> = []
  private var unused: [StatsModelUse: DesignError] = [:]

  /// Adds a run.
  mutating func add(_ run: RehearsedRun) {
    answered.formUnion(run.asked.contrasts.map(\.name))
    missing += run.asked.missing
    if let modulators = run.terms.modulators {
      modulated.formUnion(modulators.model.modulators.map(\.condition))
      unmodulated += modulators.missing
    }
    if let compiled = run.terms.compiled {
      used.formUnion(compiled.found)
      unused.merge(compiled.absent) { first, _ in first }
    }
  }

  /// Why the runs together cannot answer what is asked; `nil` where they can.
  var refusal: DesignError? {
    let nowhere = unused.filter { !used.contains($0.key) }
    if let (_, error) = nowhere.min(by: { $0.key.place < $1.key.place }) { return error }
    for error in unmodulated {
      guard case .unknownCondition(_, let condition, _) = error else { continue }
      if !modulated.contains(condition) { return error }
    }
    for case .contrast(let name, let problem) in missing where !answered.contains(name) {
      return DesignError.contrast(name: name, problem: problem)
    }
    return nil
  }
}

/// Rehearses one run with the length that its header says.
private func rehearse(_ run: Run, events plan: EventPlan, job: Job) throws -> RehearsedRun {
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
  if let files = run.preprocessed {
    _ = try PreprocessedConfounds(of: files, volumeCount: header.volumeCount, job: job)
  }
  return try RehearsedRun(
    of: run,
    volumeCount: header.volumeCount,
    repetitionTime: time.seconds,
    in: plan,
    job: job
  )
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
