import Design
import Job

/// The contrasts of one run, and those that this run cannot answer because it lacks a condition.
struct AskedContrasts {
  /// The contrasts the run answers.
  let contrasts: [Contrast]

  /// Why each of the others is left to the other runs.
  let missing: [DesignError]

  /// Makes the contrasts of a run.
  ///
  /// - Parameters:
  ///   - model: What was asked; where it asks nothing, every condition and every modulator.
  ///   - design: The run's design.
  /// - Throws: `DesignError` where a question has another fault than naming a condition that this
  ///   run lacks.
  init(_ model: Model, for design: DesignMatrix) throws(DesignError) {
    let usual = model.asksEachCondition ? defaultContrastRequests(for: design) : []
    let requests =
      usual.filter { each in !model.contrasts.contains { $0.name == each.name } } + model.contrasts
    var (answered, missing): ([ContrastRequest], [DesignError]) = ([], [])
    for request in requests {
      do {
        _ = try contrast(request, for: design)
        answered.append(request)
      } catch {
        guard case .contrast(_, .unknownName) = error else { throw error }
        missing.append(error)
      }
    }
    self.missing = missing
    contrasts = answered.isEmpty ? [] : try Design.contrasts(answered, for: design)
  }
}
