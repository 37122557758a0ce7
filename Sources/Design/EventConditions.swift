public import BIDS
public import Job

/// The conditions that a run's events make, and what was noticed on the way.
public struct ConditionSet: Equatable, Sendable {
  /// The conditions by name, then the modulators in the model's order.
  public let conditions: [Condition]

  /// What was left out or replaced, in sentences.
  public let notes: [String]

  /// Creates a set.
  ///
  /// - Parameters:
  ///   - conditions: The conditions and modulators.
  ///   - notes: What was noticed.
  public init(conditions: [Condition], notes: [String] = []) {
    self.conditions = conditions
    self.notes = notes
  }
}

/// Returns the conditions and modulators of a run.
///
/// Every value of the model's condition column is a condition; events without one (`n/a` or empty) are
/// left out and counted. Where events have no such column, `present(a, b)` in its place makes a
/// condition of each column: an event belongs to the first of them that it has a value in.
///
/// A modulator is called `<condition>_by_<column>`; its event values are centred and scaled as asked,
/// over the events of its condition in this run or in all of the participant's. An event without a value
/// stays in its condition and gets the centre in the modulator: 0. A modulator that does not vary in the
/// run would be 0, or its condition once more; it is left out and noted. Modulators are made orthogonal
/// to those before them only where that is asked for: their event values are, as SPM's are where the
/// events last equally long.
///
/// - Parameters:
///   - events: The events.
///   - model: Which column names the conditions, and which columns modulate.
///   - runEnd: When the run ends, in s: later events take no part, in the centring either. Where it is
///     not known, ``makeDesign(_:)`` leaves them out after the centring.
///   - moments: The modulators' means and deviations over the participant's runs; where they are not
///     known, this run is taken for all of them.
/// - Returns: The conditions, those of one order for every run.
/// - Throws: ``DesignError`` where a column is not there, a cell cannot be used, two conditions would
///   share a file, or a condition begins only after the run's end.
public func conditions(
  of events: EventTable,
  model: Model,
  runEnd: Double = .infinity,
  moments: ModulatorMoments = ModulatorMoments()
) throws(DesignError) -> ConditionSet {
  let groups = try EventGroups(events, column: model.conditionColumn)
  var notes = groups.notes
  var made: [Condition] = []
  var inside: [String: [Event]] = [:]
  let names = groups.events.keys.sorted()
  try requireDistinctFileLabels(names)
  for name in names {
    let all = groups.events[name] ?? []
    let kept = all.filter { $0.onset < runEnd }
    if kept.isEmpty {
      let last = all.last?.onset ?? .nan
      throw .onsetsPastEnd(
        condition: name,
        firstOnset: all.first?.onset ?? .nan,
        lastOnset: last,
        runEnd: runEnd
      )
    }
    notes += remarks(on: name, all: all, kept: kept, runEnd: runEnd, path: events.path)
    inside[name] = kept
    made.append(try condition(name, kept, path: events.path))
  }
  var modulated = ModulatedConditions(events: events, groups: inside, moments: moments)
  for modulator in model.modulators { try modulated.add(modulator) }
  made += modulated.conditions
  notes += modulated.notes
  try requireDistinctFileLabels(made.map(\.name))
  return ConditionSet(conditions: made, notes: notes)
}

/// Returns the main regressor's condition.
private func condition(
  _ name: String,
  _ events: [Event],
  path: String
) throws(DesignError) -> Condition {
  if let open = events.first(where: { !$0.duration.isFinite }) {
    throw .noDuration(path: path, line: open.line)
  }
  return Condition(name: name, onsets: events.map(\.onset), durations: events.map(\.duration))
}

/// Returns what a person should know about a condition's events.
private func remarks(
  on name: String,
  all: [Event],
  kept: [Event],
  runEnd: Double,
  path: String
) -> [String] {
  var notes: [String] = []
  if kept.count < all.count {
    notes.append(
      "\(path): \(all.count - kept.count) of \(all.count) events of \(name) begin after the run's "
        + "end at \(seconds(runEnd)) s and are left out"
    )
  }
  let repeated = zip(kept, kept.dropFirst()).count { $0.onset == $1.onset }
  if repeated > 0 {
    notes.append(
      "\(path): \(repeated) events of \(name) begin at the same time as another; they add up"
    )
  }
  return notes
}
