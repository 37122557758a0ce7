import BIDS
import Design
import Files
import Job

/// Makes each run's design from its events alone, as an analysis would.
struct RunRehearsal {
  /// What is asked.
  let job: Job

  /// The dataset's folder.
  let root: String

  /// The means of the modulators over the participant's runs.
  let moments: (Entities) -> ModulatorMoments

  /// How long a response to the last event lasts, in s, where the true length of a run is not known.
  private static let responseTail = 16.0

  /// The most volumes of a run whose design is judged: longer ones are looked at by the analysis alone.
  private static let largestDesign = 6000

  /// The modulators and contrasts that some run could answer, and why others could not.
  private(set) var answered: Set<String> = []
  private(set) var refused: [String: DesignError] = [:]

  init(job: Job, root: String, moments: @escaping (Entities) -> ModulatorMoments) {
    (self.job, self.root, self.moments) = (job, root, moments)
  }

  /// Makes the design of a run, and writes down what it holds and what stands in its way.
  mutating func rehearse(_ run: inout ReadRun) {
    guard let events = run.events else { return }
    do throws(DesignError) {
      try model(&run, events)
    } catch {
      let cause = error.cause
      run.survey.findings.append(Finding(.blocker, cause, words: "\(error)", root: root))
    }
  }

  private mutating func model(_ run: inout ReadRun, _ events: EventTable) throws(DesignError) {
    let end = run.end ?? .infinity
    var bare = job.model
    bare.modulators = []
    let names = try Design.conditions(of: events, model: bare, runEnd: end).conditions.map(\.name)
    var model = job.model
    model.modulators = []
    for modulator in job.model.modulators {
      let key = "\(modulator.column):\(modulator.condition ?? "")"
      if let name = modulator.condition, !names.contains(name) {
        refused[key] = .unknownCondition(path: events.path, condition: name, found: names)
      } else {
        answered.insert(key)
        model.modulators.append(modulator)
      }
    }
    let moments = moments(run.run.entities)
    let set = try Design.conditions(of: events, model: model, runEnd: end, moments: moments)
    run.survey.conditions = set.conditions.map {
      RunSurvey.Condition(
        name: $0.name,
        events: $0.onsets.count,
        modulates: $0.modulatedCondition
      )
    }
    run.survey.findings += set.notes.map { note in
      let isWarning = note.contains("after the run's end") || note.contains("is left out")
      return Finding(isWarning ? .warning : .note, "conditions", words: note, root: root)
    }
    try check(&run, set)
  }

  /// Makes the design, and judges its contrasts.
  private mutating func check(_ run: inout ReadRun, _ set: ConditionSet) throws(DesignError) {
    guard let repetitionTime = run.survey.repetitionTime, let length = run.survey.length,
      length > 0, length < 1e6
    else { return }
    let tail = run.survey.lengthSource == .onsets ? Self.responseTail : 0
    let count = run.survey.volumes ?? Int(((length + tail) / repetitionTime).rounded(.up))
    guard count >= 10, count <= Self.largestDesign else { return }
    let design = try makeDesign(
      DesignRequest(
        conditions: set.conditions,
        frameTimes: frameTimes(
          volumeCount: count,
          repetitionTime: repetitionTime,
          referenceTime: job.preprocessing.sliceTimeReference * repetitionTime
        ),
        repetitionTime: repetitionTime,
        hemodynamics: job.model.hemodynamics,
        drift: job.model.drift
      )
    )
    let columns = design.columns.count + job.model.motionColumnCount
    if columns >= count {
      let words =
        "the design would have \(columns) columns for \(count) volumes, which cannot carry them; model fewer "
        + "conditions, or leave the run out"
      run.survey.findings.append(Finding(.blocker, "columns", words))
    }
    let contrasts = try contrasts(for: design)
    for check in Design.check(design, contrasts: contrasts, keptVolumes: Array(0..<count)) {
      let inflation = check.varianceInflation
      run.survey.contrasts.append(
        RunSurvey.Contrast(
          name: check.contrast,
          removedVarianceShare: check.removedVarianceShare,
          varianceInflation: inflation.isFinite ? inflation : nil
        )
      )
      if let refusal = check.refusal { throw refusal }
      run.survey.findings += check.findings
    }
  }

  /// The contrasts that the run can answer.
  private mutating func contrasts(for design: DesignMatrix) throws(DesignError) -> [Contrast] {
    var asked: [ContrastRequest] = []
    for request in job.model.contrasts {
      do throws(DesignError) {
        _ = try contrast(request, for: design)
        answered.insert(request.name)
        asked.append(request)
      } catch {
        guard case .contrast(_, .unknownName) = error else { throw error }
        refused[request.name] = error
      }
    }
    guard job.model.contrasts.isEmpty || !asked.isEmpty else { return [] }
    return try Design.contrasts(asked, for: design)
  }
}

extension Model {
  /// How many columns of motion are taken out.
  fileprivate var motionColumnCount: Int {
    switch confounds {
    case .motion6: 6
    case .motion24: 24
    default: 0
    }
  }
}

extension DesignCheck {
  /// What the numbers that it warns of mean.
  fileprivate var findings: [Finding] {
    guard !warnings.isEmpty else { return [] }
    var found: [Finding] = []
    if removedVarianceShare >= warnedRemovedShare {
      let share = fixed(100 * removedVarianceShare, digits: 1)
      let words =
        "drift takes away \(share) % of the variance of \"\(contrast)\"; is the high-pass cutoff longer than "
        + "the cycle of the events?"
      found.append(Finding(.warning, "lostToDrift", words, weight: removedVarianceShare))
    }
    if varianceInflation >= warnedInflation, varianceInflation.isFinite {
      let times = fixed(varianceInflation, digits: 1)
      let words =
        "other columns inflate the variance of \"\(contrast)\" \(times)-fold; are two regressors nearly the "
        + "same?"
      found.append(Finding(.warning, "varianceInflation", words, weight: varianceInflation))
    }
    return found
  }
}

extension DesignError {
  /// The cause as a word.
  fileprivate var cause: String {
    switch self {
    case .noColumn: "column"
    case .noConditions: "conditions"
    case .noDuration: "duration"
    case .noModulatorValues, .notNumeric, .missingUncentredValue, .unknownCondition: "modulator"
    case .sameFileLabel, .noFileLabel: "label"
    case .onsetsPastEnd: "onsetsPastEnd"
    case .emptyRegressor: "emptyRegressor"
    case .contrast, .notEstimable: "contrast"
    default: "design"
    }
  }
}
