import BIDS
import Design
import Job

/// What a run's events are under the model: conditions, and confounds where the model names them.
struct RunTerms {
  /// The conditions and modulators.
  let conditions: [Condition]

  /// The confounds that a Stats Model names; `nil` where it names none, or there is none.
  let confounds: ConfoundColumns?

  /// What was noticed, of the events too.
  let notes: [String]

  /// The modulators, where the model has them by flags.
  let modulators: AskedModulators?

  /// What a Stats Model made of the run, where there is one.
  let compiled: CompiledRun?

  /// Forms a run's terms.
  ///
  /// - Parameters:
  ///   - model: What was asked.
  ///   - run: The run.
  ///   - plan: The participant's events.
  ///   - confounds: Its confounds, as far as they are known.
  ///   - runEnd: When the run ends, in s.
  /// - Throws: ``ParticipantError/noEvents(participant:)``, or `DesignError` where the events do not
  ///   fit the model.
  init(
    _ model: Model,
    of run: Entities,
    in plan: EventPlan,
    confounds: ConfoundSource,
    runEnd: Double
  ) throws {
    guard let events = plan.events(of: run) else {
      throw ParticipantError.noEvents(participant: run.subject)
    }
    let noticed = events.notes + [plan.remark(on: run)].compactMap(\.self)
    if let statsModel = model.statsModel {
      let made = try compile(statsModel, events: events, confounds: confounds, runEnd: runEnd)
      (conditions, self.confounds) = (made.conditions, made.confounds)
      notes = noticed + made.notes
      (modulators, compiled) = (nil, made)
      return
    }
    let asked = try AskedModulators(model, for: events, runEnd: runEnd)
    let set = try Design.conditions(
      of: events,
      model: asked.model,
      runEnd: runEnd,
      moments: plan.moments(for: run)
    )
    (conditions, self.confounds) = (set.conditions, nil)
    notes = noticed + asked.missing.map { "Left to the other runs: \($0)" } + set.notes
    (modulators, compiled) = (asked, nil)
  }
}
