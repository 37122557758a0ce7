import BIDS

// What instructions make of numbers, of events and of volumes alike.
extension StatsModelTransformer {
  /// Carries out an instruction that makes numbers of numbers.
  mutating func changeNumbers(
    _ instruction: StatsModelInstruction,
    of variable: StatsModelVariable,
    _ input: String,
    named output: String
  ) throws(DesignError) {
    var others: [[Double]] = []
    if case .orthogonalize(let patterns) = instruction.operation {
      try requireComplete(numbers(of: variable), input, of: variable, at: instruction.place)
      others = try columns(patterns, beside: variable, input, instruction.place)
    }
    do throws(StatsModelProblem) {
      switch variable {
      case .awaited: variables[output] = .awaited
      case .convolved: throw .alreadyConvolved(input)
      case .volumes(let values):
        variables[output] = .volumes(
          try changed(values, input, by: instruction.operation, others: others)
        )
      case .events(let events):
        guard let numbers = events.numbers else { throw .notNumeric(input) }
        variables[output] = .events(
          events.with(try changed(numbers, input, by: instruction.operation, others: others))
        )
      }
    } catch {
      throw self.error(instruction.place, error)
    }
  }

  /// Returns what an operation makes of numbers.
  private func changed(
    _ numbers: [Double],
    _ name: String,
    by operation: StatsModelOperation,
    others: [[Double]]
  ) throws(StatsModelProblem) -> [Double] {
    switch operation {
    case .demean: demeaned(numbers)
    case .scale(let demeans, let rescales, let replacement):
      try scaled(numbers, name, demeans: demeans, rescales: rescales, replacement: replacement)
    case .threshold(let limit, let isBinary, let keepsAbove, let isSigned):
      thresholded(
        numbers,
        limit,
        isBinary: isBinary,
        keepsAbove: keepsAbove,
        isSigned: isSigned
      )
    case .orthogonalize: orthogonalized(numbers, to: others)
    default: numbers
    }
  }

  /// Returns the numbers of variables, which must belong to the events or volumes of another.
  private mutating func columns(
    _ patterns: [NamePattern],
    beside variable: StatsModelVariable,
    _ input: String,
    _ place: String
  ) throws(DesignError) -> [[Double]] {
    var columns: [[Double]] = []
    for pattern in patterns {
      for name in try names(of: pattern, at: "\(place).Other") where name != input {
        guard let column = try alignedNumbers(name, with: variable, input, place) else { continue }
        try requireComplete(column, name, of: variable, at: "\(place).Other")
        columns.append(column)
      }
    }
    return columns
  }

  /// Returns the numbers of a variable that has some.
  private func numbers(of variable: StatsModelVariable) -> [Double] {
    switch variable {
    case .volumes(let values): values
    case .events(let events): events.numbers ?? []
    case .convolved, .awaited: []
    }
  }

  /// Refuses numbers of which some are missing.
  private func requireComplete(
    _ numbers: [Double],
    _ name: String,
    of variable: StatsModelVariable,
    at place: String
  ) throws(DesignError) {
    guard let missing = numbers.firstIndex(where: { !$0.isFinite }) else { return }
    if case .events(let events) = variable, events.lines.indices.contains(missing) {
      throw error(place, .missingValue(name, line: events.lines[missing]))
    }
    throw error(place, .missingVolume(name))
  }

  /// Makes one variable of several.
  ///
  /// - Parameters:
  ///   - inputs: The variables.
  ///   - instruction: Their product, or their weighted sum.
  /// - Throws: ``DesignError`` where they do not belong together.
  mutating func combine(
    _ inputs: [String],
    _ instruction: StatsModelInstruction
  ) throws(DesignError) {
    guard let first = inputs.first, let model = variables[first] else { return }
    let output = instruction.outputName(of: first, at: 0)
    var columns: [[Double]] = []
    for name in inputs {
      guard let column = try alignedNumbers(name, with: model, first, instruction.place) else {
        variables[output] = .awaited
        return
      }
      columns.append(column)
    }
    let weights = try weights(of: instruction, count: columns.count)
    let numbers = (columns.first ?? []).indices.map { row in
      weights.map { zip(columns, $0).reduce(0) { $0 + $1.0[row] * $1.1 } }
        ?? columns.reduce(1) { $0 * $1[row] }
    }
    switch model {
    case .events(let events): variables[output] = .events(events.with(numbers))
    default: variables[output] = .volumes(numbers)
    }
  }

  /// Returns the weights of a sum; `nil` of a product.
  private func weights(
    of instruction: StatsModelInstruction,
    count: Int
  ) throws(DesignError) -> [Double]? {
    guard case .sum(let given) = instruction.operation else { return nil }
    let weights = given ?? [Double](repeating: 1, count: count)
    guard weights.count == count else {
      throw error(
        "\(instruction.place).Weights",
        .outputCount(names: weights.count, variables: count)
      )
    }
    return weights
  }
}
