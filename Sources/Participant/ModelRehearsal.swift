import BIDS
import Design
import Job
import NIfTI

/// Makes every run's design from headers and events alone, so that a question that cannot be asked is
/// refused before minutes are spent on motion and registration.
///
/// A contrast may miss a condition in some runs, but not in all.
///
/// - Parameters:
///   - runs: The runs.
///   - job: What was asked.
/// - Throws: The error of a header, the events, the design or a contrast.
func rehearseModels(of runs: [Run], job: Job) throws {
  var answered: Set<String> = []
  var missing: [DesignError] = []
  for run in runs {
    guard let path = run.eventsPath else { continue }
    let header = try readHeader(run.imagePath)
    let time = try repetitionTime(
      sidecar: run.sidecar.repetitionTime,
      header: header.repetitionTime,
      path: run.imagePath
    )
    let needed = job.preprocessing.dummyScans + PreparedRun.minimumVolumeCount
    guard header.volumeCount >= needed else {
      throw ParticipantError.tooFewVolumes(
        path: run.imagePath,
        volumes: header.volumeCount,
        needed: needed
      )
    }
    let conditions = try conditions(
      of: EventTable(path: path),
      model: job.model,
      runEnd: Double(header.volumeCount) * time.seconds
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
    answered.formUnion(asked.contrasts.map(\.name))
    missing += asked.missing
  }
  for case .contrast(let name, let problem) in missing where !answered.contains(name) {
    throw DesignError.contrast(name: name, problem: problem)
  }
}
