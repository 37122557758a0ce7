import BIDS

// What instructions do with a value per event.
extension StatsModelTransformer {
  /// Returns the events of a variable.
  func events(
    _ variable: StatsModelVariable,
    _ name: String,
    _ place: String
  ) throws(DesignError) -> EventVariable {
    switch variable {
    case .events(let events): return events
    case .convolved: throw error(place, .alreadyConvolved(name))
    case .volumes, .awaited: throw error(place, .notEvents(name))
    }
  }

  /// Returns an indicator per level of a variable.
  func indicators(
    of variable: StatsModelVariable,
    _ input: String,
    named name: String,
    by instruction: StatsModelInstruction
  ) throws(DesignError) -> [(String, EventVariable)] {
    guard case .factor(let constraint, let reference, let separator) = instruction.operation else {
      return []
    }
    let events = try events(variable, input, instruction.place)
    let (names, ofEvents) = events.levels
    let isConstrained = constraint != .none && names.count > 1
    let left = isConstrained ? reference ?? names.first : nil
    if let left, !names.contains(left) {
      throw error(instruction.place, .unknownLevel(left, of: input, found: names))
    }
    let share = -1 / Double(max(1, names.count - 1))
    return names.filter { $0 != left }.map { level in
      let numbers = ofEvents.map { own -> Double in
        if own == level { return 1 }
        return constraint == .meanZero && own == left && left != nil ? share : 0
      }
      return (name + separator + level, events.with(numbers))
    }
  }

  /// Returns events in which some values are others.
  func replaced(
    _ events: EventVariable,
    _ table: [String: JSONValue],
    _ attribute: StatsModelOperation.Attribute,
    name: String,
    at place: String
  ) throws(DesignError) -> EventVariable {
    var result = events
    switch (attribute, events.values) {
    case (.amplitude, .texts(let texts)):
      result.values = values(texts.map { $0.map { table[$0] ?? .string($0) } })
    case (.amplitude, .numbers(let numbers)):
      let replaced: [JSONValue?] = numbers.map { number in
        number.isNaN ? nil : newValue(of: number, in: table) ?? .number(number)
      }
      result.values = values(replaced)
    case (.onset, _): result.onsets = try times(events.onsets, events, table, name, place)
    case (.duration, _): result.durations = try times(events.durations, events, table, name, place)
    }
    return result
  }

  /// Takes values as numbers where they all are.
  private func values(_ values: [JSONValue?]) -> EventVariable.Values {
    let numbers = values.map { value -> Double? in
      if case .number(let number) = value { return number }
      return value == nil ? .nan : nil
    }
    if numbers.allSatisfy({ $0 != nil }) { return .numbers(numbers.map { $0 ?? .nan }) }
    return .texts(
      values.map { value in
        switch value {
        case .string(let text): text
        case .number(let number): "\(number)"
        default: nil
        }
      }
    )
  }

  private func newValue(of number: Double, in table: [String: JSONValue]) -> JSONValue? {
    table.first { cellNumber($0.key) == number }?.value
  }

  /// Returns times in which some are others.
  private func times(
    _ times: [Double],
    _ events: EventVariable,
    _ table: [String: JSONValue],
    _ name: String,
    _ place: String
  ) throws(DesignError) -> [Double] {
    var result = times
    for (event, time) in times.enumerated() {
      guard let new = newValue(of: time, in: table) else { continue }
      guard case .number(let seconds) = new, seconds >= 0 else {
        throw error(place, .badTime(name, line: events.lines[event]))
      }
      result[event] = seconds
    }
    return result
  }

  /// Returns a variable of which an attribute is that of another.
  func assigned(
    _ input: StatsModelVariable,
    _ inputName: String,
    _ from: StatsModelOperation.Attribute,
    to targetName: String,
    _ to: StatsModelOperation.Attribute,
    at place: String
  ) throws(DesignError) -> EventVariable {
    let source = try events(input, inputName, place)
    guard let found = variables[targetName] else {
      throw error(place, .unknownVariable(targetName, found: variables.names))
    }
    var target = try events(found, targetName, place)
    guard source.lines.count == target.lines.count else {
      throw error(place, .misaligned(inputName, targetName))
    }
    let taken: EventVariable.Values =
      switch from {
      case .amplitude: source.values
      case .onset: .numbers(source.onsets)
      case .duration: .numbers(source.durations)
      }
    if to == .amplitude {
      target.values = taken
      return target
    }
    guard case .numbers(let times) = taken else { throw error(place, .notNumeric(inputName)) }
    for (event, time) in times.enumerated() where !(time.isFinite && (to == .onset || time >= 0)) {
      throw error(place, .badTime(targetName, line: source.lines[event]))
    }
    if to == .onset { target.onsets = times } else { target.durations = times }
    return target
  }

  /// Returns a variable's numbers, which must belong to the same events or volumes as another's.
  ///
  /// - Parameters:
  ///   - name: The variable.
  ///   - other: The other variable.
  ///   - otherName: Its name.
  ///   - place: Where they are brought together.
  /// - Returns: The numbers; `nil` where they are not known yet.
  /// - Throws: ``DesignError`` where they have other events, or are no numbers.
  func alignedNumbers(
    _ name: String,
    with other: StatsModelVariable,
    _ otherName: String,
    _ place: String
  ) throws(DesignError) -> [Double]? {
    switch (variables[name], other) {
    case (.convolved, _): throw error(place, .alreadyConvolved(name))
    case (_, .convolved): throw error(place, .alreadyConvolved(otherName))
    case (.events(let own), .events(let others)):
      guard own.isAligned(with: others) else { throw error(place, .misaligned(name, otherName)) }
      guard let numbers = own.numbers else { throw error(place, .notNumeric(name)) }
      return numbers
    case (.volumes(let values), .volumes): return values
    case (.awaited, .volumes), (.awaited, .awaited), (.volumes, .awaited): return nil
    case (nil, _): return nil
    case (.events, _), (_, .events): throw error(place, .misaligned(name, otherName))
    }
  }
}
