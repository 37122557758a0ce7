public import BIDS
import Job

/// What a Stats Model makes of one run's events and confounds.
public struct CompiledRun: Sendable {
  /// The conditions, each with a response of its own.
  public let conditions: [Condition]

  /// The confounds; `nil` where the model takes none out, or they are not known yet.
  public let confounds: ConfoundColumns?

  /// The variables that the model names and the run has.
  public let found: Set<StatsModelUse>

  /// Those that the run lacks, and why.
  public let absent: [StatsModelUse: DesignError]

  /// What was noticed, in sentences.
  public let notes: [String]
}

/// Carries out the run node of a Stats Model.
///
/// Instructions are carried out in order on the columns of the events and, once they are known, of the
/// confounds. A variable of `X` that was convolved becomes a condition of all events with an amplitude
/// other than 0; a confound of `X` becomes a confound. The constant is part of every design.
///
/// - Parameters:
///   - model: The model.
///   - events: The run's events.
///   - confounds: The run's confounds, as far as they are known.
///   - runEnd: When the run ends, in s.
/// - Returns: The conditions and confounds, and what the run lacks.
/// - Throws: ``DesignError`` with the place in the model, where the run does not fit it.
public func compile(
  _ model: StatsModel,
  events: EventTable,
  confounds: ConfoundSource,
  runEnd: Double
) throws(DesignError) -> CompiledRun {
  let node = model.runNode
  var transformer = StatsModelTransformer(events, confounds: confounds)
  for instruction in node.instructions { try transformer.apply(instruction) }
  if let response = node.response {
    for pattern in response.variables {
      for name in try transformer.names(of: pattern, at: "\(response.place).Variables") {
        guard let variable = transformer.variables[name] else { continue }
        try transformer.convolve(
          try transformer.events(variable, name, "\(response.place).Variables"),
          named: name,
          response: response.response,
          at: "\(response.place).Variables"
        )
      }
    }
  }
  var columns = RunColumns(path: events.path, runEnd: runEnd)
  for predictor in node.predictors {
    guard let pattern = predictor.pattern else { continue }
    for name in try transformer.names(of: pattern, at: predictor.place) {
      try columns.add(name, transformer, at: predictor.place)
    }
  }
  try requireDistinctFileLabels(columns.conditionNames)
  return CompiledRun(
    conditions: try columns.conditions(transformer),
    confounds: try columns.confoundColumns(),
    found: transformer.found,
    absent: transformer.absent,
    notes: columns.notes
  )
}

/// The columns of a run's design while `X` is gone through.
private struct RunColumns {
  let path: String
  let runEnd: Double
  private(set) var notes: [String] = []
  private var order: [(name: String, column: ConvolvedVariable, place: String)] = []
  private var derivatives: [(name: String, column: ConvolvedVariable, place: String)] = []
  private var confounds: [(name: String, values: [Double])] = []

  init(path: String, runEnd: Double) {
    (self.path, self.runEnd) = (path, runEnd)
  }

  var conditionNames: [String] { order.map(\.name) }

  mutating func add(
    _ name: String,
    _ transformer: StatsModelTransformer,
    at place: String
  ) throws(DesignError) {
    switch transformer.variables[name] {
    case nil, .awaited: return
    case .events: throw transformer.error(place, .notConvolved(name))
    case .volumes(let values):
      guard !confounds.contains(where: { $0.name == name }) else { return }
      confounds.append((name, values))
    case .convolved(let column):
      guard !(order + derivatives).contains(where: { $0.name == name }) else { return }
      if column.part == .main {
        order.append((name, column, place))
      } else {
        derivatives.append((name, column, place))
      }
    }
  }

  /// Returns the conditions with the derivatives that `X` names.
  mutating func conditions(
    _ transformer: StatsModelTransformer
  ) throws(DesignError) -> [Condition] {
    for derivative in derivatives {
      let isLonely =
        !order.contains { $0.column.number == derivative.column.number }
        || derivative.column.part == .dispersion
          && !derivatives.contains {
            $0.column.number == derivative.column.number && $0.column.part == .derivative
          }
      if isLonely { throw transformer.error(derivative.place, .lonelyDerivative(derivative.name)) }
    }
    var made: [Condition] = []
    for (name, column, place) in order {
      let count = 1 + derivatives.count { $0.column.number == column.number }
      let shape = column.response.with(columnCount: count)
      if let condition = try condition(name, column.source, shape, transformer, place) {
        made.append(condition)
      }
    }
    return made
  }

  /// Returns the condition of a variable; `nil` where no event of the run has any of it.
  private mutating func condition(
    _ name: String,
    _ events: EventVariable,
    _ shape: Hemodynamics,
    _ transformer: StatsModelTransformer,
    _ place: String
  ) throws(DesignError) -> Condition? {
    let amplitudes = events.numbers ?? []
    if let missing = amplitudes.firstIndex(where: { !$0.isFinite }) {
      throw transformer.error(place, .missingValue(name, line: events.lines[missing]))
    }
    let own = amplitudes.indices.filter { amplitudes[$0] != 0 }
      .sorted { (events.onsets[$0], $0) < (events.onsets[$1], $1) }
    if let open = own.first(where: { !events.durations[$0].isFinite }) {
      throw .noDuration(path: path, line: events.lines[open])
    }
    guard let first = own.first, let last = own.last else {
      notes.append("\(path): no event has a \(name) other than 0, so the run lacks it")
      return nil
    }
    let inside = own.filter { events.onsets[$0] < runEnd }
    guard !inside.isEmpty else {
      throw .onsetsPastEnd(
        condition: name,
        firstOnset: events.onsets[first],
        lastOnset: events.onsets[last],
        runEnd: runEnd
      )
    }
    if inside.count < own.count {
      notes.append(
        "\(path): \(own.count - inside.count) of \(own.count) events of \(name) begin after the run's "
          + "end at \(seconds(runEnd)) s and are left out"
      )
    }
    let isPlain = own.allSatisfy { amplitudes[$0] == 1 }
    return Condition(
      name: name,
      onsets: inside.map { events.onsets[$0] },
      durations: inside.map { events.durations[$0] },
      amplitudes: inside.map { amplitudes[$0] },
      modulatedCondition: isPlain ? nil : name,
      hemodynamics: shape
    )
  }

  /// Returns the confounds.
  func confoundColumns() throws(DesignError) -> ConfoundColumns? {
    guard !confounds.isEmpty else { return nil }
    return try Design.confoundColumns(
      confounds.map(\.name),
      from: Dictionary(uniqueKeysWithValues: confounds.map { ($0.name, $0.values) })
    )
  }
}
