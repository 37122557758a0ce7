import BIDS
import Design
import Job

/// The model of one run, without the modulators of conditions that the run lacks.
struct AskedModulators {
  /// The model with the modulators that the run can have.
  let model: Model

  /// Why each of the others is left to the other runs.
  let missing: [DesignError]

  /// Sorts a model's modulators.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - events: The run's events.
  ///   - runEnd: When the run ends, in s.
  /// - Throws: `DesignError` where the events make no conditions.
  init(_ model: Model, for events: EventTable, runEnd: Double) throws(DesignError) {
    var bare = model
    bare.modulators = []
    let names = try Design.conditions(of: events, model: bare, runEnd: runEnd).conditions
      .map(\.name)
    let absent = model.modulators.filter { modulator in
      modulator.condition.map { !names.contains($0) } ?? false
    }
    var answered = model
    answered.modulators.removeAll(where: absent.contains)
    self.model = answered
    missing = absent.map {
      .unknownCondition(path: events.path, condition: $0.condition ?? "", found: names)
    }
  }
}
