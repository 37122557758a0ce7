import BIDS
import Job

/// A variable of a Stats Model in one run.
enum StatsModelVariable {
  /// A value per event.
  case events(EventVariable)

  /// A value per volume.
  case volumes([Double])

  /// A column of the response to events.
  case convolved(ConvolvedVariable)

  /// A confound whose values are not known before the run's motion is.
  case awaited
}

/// A value per event, with when the events are.
struct EventVariable: Equatable {
  /// Values of one kind.
  enum Values: Equatable {
    /// Numbers, NaN where there is none.
    case numbers([Double])

    /// Texts, `nil` where there is none.
    case texts([String?])
  }

  /// When each event begins, in s.
  var onsets: [Double]

  /// How long each lasts, in s; NaN where the file does not say.
  var durations: [Double]

  /// The line of the events file each stands on.
  var lines: [Int]

  /// What each has.
  var values: Values

  /// The numbers; `nil` where there are texts.
  var numbers: [Double]? {
    if case .numbers(let numbers) = values { numbers } else { nil }
  }

  /// Whether two variables have the same events.
  func isAligned(with other: EventVariable) -> Bool {
    lines == other.lines && onsets == other.onsets
      && durations.count == other.durations.count
      && zip(durations, other.durations).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  /// Whether an event has no value.
  func isMissing(_ event: Int) -> Bool {
    switch values {
    case .numbers(let numbers): numbers[event].isNaN
    case .texts(let texts): texts[event] == nil
    }
  }

  /// The events with other numbers.
  func with(_ numbers: [Double]) -> EventVariable {
    var copy = self
    copy.values = .numbers(numbers)
    return copy
  }

  /// Some of the events.
  func keeping(_ isKept: (Int) -> Bool) -> EventVariable {
    let places = lines.indices.filter(isKept)
    let kept: Values =
      switch values {
      case .numbers(let numbers): .numbers(places.map { numbers[$0] })
      case .texts(let texts): .texts(places.map { texts[$0] })
      }
    return EventVariable(
      onsets: places.map { onsets[$0] },
      durations: places.map { durations[$0] },
      lines: places.map { lines[$0] },
      values: kept
    )
  }

  /// The levels in order, each with its text in names, and the level of each event.
  ///
  /// Numbers are written as peers of this format write them: whole numbers without a point only
  /// where every event has one.
  var levels: (names: [String], ofEvents: [String?]) {
    switch values {
    case .texts(let texts): return (Set(texts.compactMap { $0 }).sorted(), texts)
    case .numbers(let numbers):
      let isWhole = numbers.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
      let name = { (number: Double) in isWhole ? "\(Int(number))" : "\(number)" }
      let sorted = Set(numbers.filter(\.isFinite)).sorted()
      return (sorted.map(name), numbers.map { $0.isFinite ? name($0) : nil })
    }
  }
}

/// A column of the response to events.
struct ConvolvedVariable {
  /// Which column.
  enum Part: Int {
    case main, derivative, dispersion
  }

  /// Tells the columns of one response from those of others.
  let number: Int

  /// The events.
  let source: EventVariable

  /// The response.
  let response: Hemodynamics

  /// Which column of the response.
  let part: Part
}

/// The variables of a run by their names, in the order in which they were made.
struct StatsModelVariables {
  private(set) var names: [String] = []
  private var byName: [String: StatsModelVariable] = [:]

  /// Takes the columns of an events file, and the confounds where they are known.
  init(_ table: EventTable, confounds: [(name: String, values: [Double])]) {
    let events = table.events
    for column in table.columns where column != "onset" && column != "duration" {
      let cells = events.map { $0.values[column] ?? "" }
      let numbers = cells.map { isMissing($0) ? Double.nan : cellNumber($0) }
      let isNumeric = numbers.allSatisfy { $0 != nil }
      self[column] = .events(
        EventVariable(
          onsets: events.map(\.onset),
          durations: events.map(\.duration),
          lines: events.map(\.line),
          values: isNumeric
            ? .numbers(numbers.map { $0 ?? .nan })
            : .texts(cells.map { isMissing($0) ? nil : $0 })
        )
      )
    }
    for confound in confounds where byName[confound.name] == nil {
      self[confound.name] = .volumes(confound.values)
    }
  }

  subscript(name: String) -> StatsModelVariable? {
    get { byName[name] }
    set {
      if byName[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      byName[name] = newValue
    }
  }
}
