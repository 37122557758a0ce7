import Algebra
import Job

/// A design while its columns are put together.
struct DesignAssembly {
  private let volumeCount: Int
  private var columns: [DesignColumn] = []
  private var values: [[Double]] = []
  private var notes: [String] = []

  init(volumeCount: Int) {
    self.volumeCount = volumeCount
  }

  /// Adds a column at the right.
  mutating func add(_ name: String, _ role: ColumnRole, _ column: [Double]) {
    let peak = column.reduce(0) { max($0, abs($1)) }
    columns.append(DesignColumn(name: name, role: role, peakHeight: peak))
    values.append(column)
  }

  /// Adds the stimuli, then the modulators.
  mutating func addStimuli(of request: DesignRequest) throws(DesignError) {
    let grid = TimeGrid(frameTimes: request.frameTimes, repetitionTime: request.repetitionTime)
    var makers: [(hemodynamics: Hemodynamics, maker: RegressorMaker)] = []
    let runEnd = end(of: request)
    let modulators = request.conditions.filter { $0.modulatedCondition != nil }
    let plain = request.conditions.filter { $0.modulatedCondition == nil }
    for condition in plain + modulators {
      let shape = condition.hemodynamics ?? request.hemodynamics
      let maker =
        makers.first { $0.hemodynamics == shape }?.maker
        ?? RegressorMaker(
          grid: grid,
          hemodynamics: shape,
          repetitionTime: request.repetitionTime
        )
      makers.append((shape, maker))
      try add(condition, shape, maker, runEnd)
    }
  }

  /// Adds the columns of one condition or modulator.
  private mutating func add(
    _ condition: Condition,
    _ hemodynamics: Hemodynamics,
    _ maker: RegressorMaker,
    _ runEnd: Double
  ) throws(DesignError) {
    let inside = try eventsBeforeEnd(condition, runEnd)
    let isModulator = condition.modulatedCondition != nil
    let hasDerivatives = !isModulator || condition.hemodynamics != nil
    let made = maker.columns(of: inside, withDerivatives: hasDerivatives)
    // FIR columns are judged together: one late delay may well see nothing.
    let peak = made.reduce(0) { $1.reduce($0) { max($0, abs($1)) } }
    let main = if case .finiteImpulseResponse = hemodynamics { made } else { [made[0]] }
    let height = main.reduce(0) { $1.reduce($0) { max($0, abs($1)) } }
    let unit = inside.amplitudes.reduce(0) { max($0, abs($1)) }
    guard unit > 0, height >= 1e-6 * unit, peak.isFinite else {
      throw .emptyRegressor(column: condition.name, peak: unit > 0 ? height / unit : 0)
    }
    let names = columnNames(of: condition, hemodynamics)
    for (column, (name, role)) in zip(made, names) { add(name, role, column) }
  }

  /// Returns a condition without its events after the run's end, which are noted.
  private mutating func eventsBeforeEnd(
    _ condition: Condition,
    _ runEnd: Double
  ) throws(DesignError) -> Condition {
    let numbers = condition.onsets + condition.durations + condition.amplitudes
    guard numbers.allSatisfy(\.isFinite), condition.durations.allSatisfy({ $0 >= 0 }) else {
      throw .notFinite(condition: condition.name)
    }
    let kept = condition.onsets.indices.filter { condition.onsets[$0] < runEnd }
    guard kept.count < condition.onsets.count else { return condition }
    guard !kept.isEmpty else {
      throw .onsetsPastEnd(
        condition: condition.name,
        firstOnset: condition.onsets.min() ?? .nan,
        lastOnset: condition.onsets.max() ?? .nan,
        runEnd: runEnd
      )
    }
    notes.append(
      "\(condition.onsets.count - kept.count) of \(condition.onsets.count) events of "
        + "\(condition.name) begin after the run's end at \(seconds(runEnd)) s and are left out"
    )
    return Condition(
      name: condition.name,
      onsets: kept.map { condition.onsets[$0] },
      durations: kept.map { condition.durations[$0] },
      amplitudes: kept.map { condition.amplitudes[$0] },
      modulatedCondition: condition.modulatedCondition,
      hemodynamics: condition.hemodynamics
    )
  }

  /// Adds the confounds, with mean 0 and standard deviation 1 over the kept volumes.
  mutating func addConfounds(of request: DesignRequest) {
    guard let confounds = request.confounds else { return }
    for (place, name) in confounds.names.enumerated() {
      let column = confounds.matrix.column(place)
      let kept = request.keptVolumes.map { column[$0] }
      let mean = kept.reduce(0, +) / Double(kept.count)
      let squares = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(kept.count)).squareRoot()
      let scale = kept.reduce(0) { max($0, abs($1)) }
      guard deviation > 1e-12 * scale else {
        notes.append("the confound \(name) does not vary and is left out")
        continue
      }
      add(name, .confound, column.map { ($0 - mean) / deviation })
    }
  }

  /// Returns the design.
  func design() throws(DesignError) -> DesignMatrix {
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted {
      throw .duplicateColumn(name: column.name)
    }
    let matrix = Matrix(columns: values, rowCount: volumeCount)
    return DesignMatrix(columns: columns, matrix: matrix, notes: notes)
  }
}

/// Returns when the last volume ends, in s, from the times of reference.
private func end(of request: DesignRequest) -> Double {
  let repetitionTime = request.repetitionTime
  let first = request.referenceFrameTimes.first ?? 0
  let start = (first / repetitionTime + 1e-9).rounded(.down) * repetitionTime
  return start + Double(request.referenceFrameTimes.count) * repetitionTime
}

/// Returns the names and roles of a condition's columns.
private func columnNames(
  of condition: Condition,
  _ hemodynamics: Hemodynamics
) -> [(String, ColumnRole)] {
  let name = condition.name
  if case .finiteImpulseResponse(let delays) = hemodynamics {
    return delays.map { ("\(name)_delay_\($0)", .delay(of: name, volumes: $0)) }
  }
  let role =
    condition.modulatedCondition.map { ColumnRole.modulator(condition: $0) }
    ?? .stimulus(condition: name)
  return [
    (name, role),
    ("\(name)_derivative", .derivative(of: name)),
    ("\(name)_dispersion", .derivative(of: name)),
  ]
}
