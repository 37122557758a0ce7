import BIDS
import Design
import Job

/// A run's design and contrasts before its motion is known, so without confounds.
struct RehearsedRun {
  /// What its events are under the model.
  let terms: RunTerms

  /// The design.
  let design: DesignMatrix

  /// The contrasts it answers.
  let asked: AskedContrasts

  /// How well it does.
  let checks: [DesignCheck]

  /// Makes a run's design.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - volumeCount: The number of its volumes.
  ///   - repetitionTime: The time from one volume to the next, in s.
  ///   - plan: The participant's events.
  ///   - job: What was asked.
  /// - Throws: The error of the events, the design or a contrast.
  init(
    of run: Run,
    volumeCount: Int,
    repetitionTime: Double,
    in plan: EventPlan,
    job: Job
  ) throws {
    terms = try RunTerms(
      job.model,
      of: run.entities,
      in: plan,
      confounds: job.derivatives == nil ? .awaited : .awaitedFromElsewhere,
      runEnd: Double(volumeCount) * repetitionTime
    )
    design = try makeDesign(
      DesignRequest(
        conditions: terms.conditions,
        frameTimes: frameTimes(
          volumeCount: volumeCount,
          repetitionTime: repetitionTime,
          referenceTime: job.preprocessing.sliceTimeReference * repetitionTime
        ),
        repetitionTime: repetitionTime,
        hemodynamics: job.model.hemodynamics,
        drift: job.model.drift
      )
    )
    asked = try AskedContrasts(job.model, for: design)
    checks = check(design, contrasts: asked.contrasts, keptVolumes: Array(0..<volumeCount))
    if let refusal = checks.compactMap(\.refusal).first { throw refusal }
  }
}
