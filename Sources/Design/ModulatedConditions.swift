import BIDS
import Job

/// The modulated conditions of a run, one modulator after the other.
struct ModulatedConditions {
  /// The events.
  let events: EventTable

  /// The events of each condition, in the order of their onsets.
  let groups: [String: [Event]]

  /// The means and standard deviations over all the participant's runs.
  let moments: ModulatorMoments

  /// The modulators that were made, in order.
  private(set) var conditions: [Condition] = []

  /// What was noticed, in sentences.
  private(set) var notes: [String] = []

  init(events: EventTable, groups: [String: [Event]], moments: ModulatorMoments) {
    (self.events, self.groups, self.moments) = (events, groups, moments)
  }

  /// Adds what a modulator makes: one modulated condition per condition whose values vary.
  ///
  /// - Parameter modulator: The column, and what is done with its values.
  /// - Throws: ``DesignError`` where the column or the condition is not there, or a cell is no number.
  mutating func add(_ modulator: Modulator) throws(DesignError) {
    try requireColumn(modulator.column, of: events)
    let names = groups.keys.sorted()
    if let name = modulator.condition, groups[name] == nil {
      throw .unknownCondition(path: events.path, condition: name, found: names)
    }
    var haveValues = false
    for name in modulator.condition.map({ [$0] }) ?? names {
      let members = groups[name] ?? []
      guard try hasValues(members, modulator) else { continue }
      haveValues = true
      try add(modulator, to: name, members)
    }
    guard haveValues else { throw try noValues(modulator) }
  }

  /// Adds the modulator of one condition.
  private mutating func add(
    _ modulator: Modulator,
    to name: String,
    _ members: [Event]
  ) throws(DesignError) {
    let values = try ModulatorValues(of: members, modulator, in: events)
    let label = "\(name)_by_\(modulator.column)"
    if let line = values.missingLine, modulator.centring == .none {
      throw .missingUncentredValue(path: events.path, line: line, column: modulator.column)
    }
    guard values.vary else {
      notes.append("\(events.path): \(label) has the same value at every event and is left out")
      return
    }
    var amplitudes = amplitudes(of: values, modulator, condition: name)
    if modulator.isOrthogonalized, !orthogonalize(&amplitudes, in: name) {
      notes.append(
        "\(events.path): \(label) follows from the modulators before it and is left out"
      )
      return
    }
    let missing = values.numbers.count { $0 == nil }
    if missing > 0 {
      notes.append(
        "\(events.path): \(missing) of \(members.count) events of \(name) have no "
          + "\(modulator.column); they stay in \(name) and count as its mean in \(label)"
      )
    }
    conditions.append(
      Condition(
        name: label,
        onsets: members.map(\.onset),
        durations: members.map(\.duration),
        amplitudes: amplitudes,
        modulatedCondition: name
      )
    )
  }

  /// Returns the values, centred and scaled; 0 where there is none.
  private func amplitudes(
    of values: ModulatorValues,
    _ modulator: Modulator,
    condition: String
  ) -> [Double] {
    let run = Moments(of: values.known)
    let whole = modulator.centring == .participant
    let chosen = (whole ? moments.moments(of: modulator, condition: condition) : nil) ?? run
    let centre = modulator.centring == .none ? 0 : chosen?.mean ?? 0
    let unit = modulator.scaling == .sd ? chosen?.deviation ?? 1 : 1
    return values.numbers.map { value in value.map { ($0 - centre) / unit } ?? 0 }
  }

  /// Takes out of amplitudes what the condition and its modulators so far explain.
  ///
  /// - Returns: Whether anything is left.
  private func orthogonalize(_ amplitudes: inout [Double], in name: String) -> Bool {
    let before = amplitudes.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var basis: [[Double]] = []
    let earlier = conditions.filter { $0.modulatedCondition == name }.map(\.amplitudes)
    for direction in [[Double](repeating: 1, count: amplitudes.count)] + earlier {
      var rest = direction
      for known in basis { removeProjection(of: &rest, on: known) }
      basis.append(rest)
    }
    // Twice, since one pass leaves what rounding puts back.
    for _ in 0..<2 { for known in basis { removeProjection(of: &amplitudes, on: known) } }
    return amplitudes.reduce(0) { $0 + $1 * $1 }.squareRoot() > 1e-9 * before
  }

  /// Whether any event of a condition has a number.
  private func hasValues(_ members: [Event], _ modulator: Modulator) throws(DesignError) -> Bool {
    if modulator.source == .own, modulator.condition == nil {
      // Not asked for by name: a condition with words in the column is not the one that is meant.
      return members.contains { cellNumber($0.values[modulator.column] ?? "") != nil }
    }
    return !(try ModulatorValues(of: members, modulator, in: events)).known.isEmpty
  }

  /// Returns why a modulator has no values, with the other source where that one has some.
  private func noValues(_ modulator: Modulator) throws(DesignError) -> DesignError {
    var other = modulator
    other.source = modulator.source == .own ? .following : .own
    let name = modulator.condition
    let members = name.map { groups[$0] ?? [] } ?? []
    let found = try ModulatorValues(of: members, other, in: events).known.count
    return .noModulatorValues(
      path: events.path,
      column: modulator.column,
      condition: name,
      following: modulator.source == .own && found >= 2 ? found : 0
    )
  }
}
