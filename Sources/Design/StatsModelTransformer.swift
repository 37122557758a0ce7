import BIDS
import Job

/// A variable named at a place of a model's file.
public struct StatsModelUse: Hashable, Sendable {
  /// The place, such as `Nodes[0].Model.X[2]`.
  public let place: String

  /// The variable or pattern.
  public let name: String
}

/// The variables of a run while a Stats Model's instructions are carried out.
///
/// A variable that the run lacks is remembered and passed over: the run may lack a condition that
/// others have. Whoever sees all runs refuses what none of them has.
struct StatsModelTransformer {
  /// The variables.
  var variables: StatsModelVariables

  /// What was found in the run.
  private(set) var found: Set<StatsModelUse> = []

  /// What was not, and why that matters.
  private(set) var absent: [StatsModelUse: DesignError] = [:]

  private let confounds: ConfoundSource
  private let path: String
  private var convolutionCount = 0

  /// Whether an instruction has forgotten all variables but some.
  private var hasSelected = false

  /// Starts with the columns of a run.
  init(_ events: EventTable, confounds: ConfoundSource) {
    variables = StatsModelVariables(events, confounds: confounds.known)
    self.confounds = confounds
    path = events.path
  }

  /// The error of a place.
  func error(_ place: String, _ problem: StatsModelProblem) -> DesignError {
    .statsModel(path: path, place: place, problem: problem)
  }

  /// Returns the names that a pattern stands for.
  ///
  /// - Parameters:
  ///   - pattern: The name or pattern.
  ///   - place: Where it stands.
  /// - Returns: The names; none where the run lacks them, which is remembered.
  /// - Throws: ``DesignError`` where it is a confound that the run does not have.
  mutating func names(
    of pattern: NamePattern,
    at place: String
  ) throws(DesignError) -> [String] {
    let use = StatsModelUse(place: place, name: pattern.text)
    var names = variables.names.filter(pattern.matches)
    if variables[pattern.text] != nil { names = [pattern.text] }
    if names.isEmpty, !hasSelected, confounds.awaits(pattern.text) {
      variables[pattern.text] = .awaited
      names = [pattern.text]
    }
    if names.isEmpty, confounds.isKnown, isConfoundName(pattern.text) {
      if marksVolumes(pattern.text) { return [] }
      throw error(place, .noConfound(pattern.text, found: confounds.known.map(\.name)))
    }
    if names.isEmpty {
      let problem: StatsModelProblem =
        pattern.hasWildcards
        ? .noMatch(pattern.text, found: variables.names)
        : .unknownVariable(pattern.text, found: variables.names)
      absent[use] = error(place, problem)
    } else {
      found.insert(use)
    }
    return names
  }

  /// Carries out one instruction.
  ///
  /// - Parameter instruction: The instruction.
  /// - Throws: ``DesignError`` where it cannot be carried out with this run's variables.
  mutating func apply(_ instruction: StatsModelInstruction) throws(DesignError) {
    var inputs: [String] = []
    var places: [Int] = []
    var isComplete = true
    for (index, pattern) in instruction.inputs.enumerated() {
      let names = try names(of: pattern, at: "\(instruction.place).Input")
      isComplete = isComplete && !names.isEmpty
      for name in names where !inputs.contains(name) {
        inputs.append(name)
        places.append(index)
      }
    }
    if instruction.inputs.contains(where: \.hasWildcards), !instruction.outputs.isEmpty {
      let needed = instruction.operation.isJoint ? 1 : inputs.count
      guard instruction.outputs.count == needed else {
        throw error(
          "\(instruction.place).Output",
          .outputCount(names: instruction.outputs.count, variables: needed)
        )
      }
      places = Array(inputs.indices)
    }
    switch instruction.operation {
    case .select:
      for name in variables.names where !inputs.contains(name) { variables[name] = nil }
      hasSelected = true
    case .product, .sum:
      guard isComplete else { return }
      try combine(inputs, instruction)
    default:
      for (input, place) in zip(inputs, places) {
        try apply(instruction, to: input, at: place)
      }
    }
  }

  /// Carries out an instruction on one of its inputs.
  private mutating func apply(
    _ instruction: StatsModelInstruction,
    to input: String,
    at index: Int
  ) throws(DesignError) {
    guard let variable = variables[input] else { return }
    let output = instruction.outputName(of: input, at: index)
    switch instruction.operation {
    case .factor:
      let made = try indicators(of: variable, input, named: output, by: instruction)
      variables[input] = nil
      for (name, events) in made { variables[name] = .events(events) }
    case .convolve(let response):
      try convolve(
        try events(variable, input, instruction.place),
        named: output,
        response: response,
        at: instruction.place
      )
    case .rename, .copy: try rename(variable, input, to: output, by: instruction)
    case .dropMissing:
      let events = try events(variable, input, instruction.place)
      variables[output] = .events(events.keeping { !events.isMissing($0) })
    case .replace(let table, let attribute):
      let events = try events(variable, input, instruction.place)
      variables[output] = .events(
        try replaced(events, table, attribute, name: input, at: instruction.place)
      )
    case .assign(let targets, let from, let to):
      let name = targets.indices.contains(index) ? targets[index] : targets[0]
      guard try names(of: NamePattern(name), at: "\(instruction.place).Target") == [name] else {
        return
      }
      variables[instruction.isInPlace ? name : output] = .events(
        try assigned(variable, input, from, to: name, to, at: instruction.place)
      )
    default: try changeNumbers(instruction, of: variable, input, named: output)
    }
  }

  /// Gives a variable another name, or one more.
  private mutating func rename(
    _ variable: StatsModelVariable,
    _ input: String,
    to output: String,
    by instruction: StatsModelInstruction
  ) throws(DesignError) {
    if case .convolved(let column) = variable, column.response.hasDerivatives {
      throw error(instruction.place, .alreadyConvolved(input))
    }
    if case .rename = instruction.operation { variables[input] = nil }
    variables[output] = variable
  }

  /// Makes the columns of a response.
  ///
  /// - Parameters:
  ///   - events: The events.
  ///   - name: The name of the main column.
  ///   - response: The response in words.
  ///   - place: Where it was asked for.
  /// - Throws: ``DesignError`` where the variable holds texts.
  mutating func convolve(
    _ events: EventVariable,
    named name: String,
    response: String,
    at place: String
  ) throws(DesignError) {
    guard events.numbers != nil else { throw error(place, .notNumeric(name)) }
    guard let shape = Hemodynamics(word: response) else { return }
    convolutionCount += 1
    let parts: [(ConvolvedVariable.Part, String)] = [
      (.main, ""), (.derivative, "_derivative"), (.dispersion, "_dispersion"),
    ]
    for (part, ending) in parts.prefix(shape.columnCount) {
      variables[name + ending] = .convolved(
        ConvolvedVariable(number: convolutionCount, source: events, response: shape, part: part)
      )
    }
  }
}

extension StatsModelInstruction {
  /// The name of what is made of an input.
  func outputName(of input: String, at place: Int) -> String {
    let base = outputs.indices.contains(place) ? outputs[place] : outputs.first ?? input
    return outputPrefix + base + outputSuffix
  }
}
