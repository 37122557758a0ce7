/// One step in the preparation of a Stats Model's variables, of the set `pybids-transforms-v1`.
public struct StatsModelInstruction: Sendable {
  /// Where it stands in the file, such as `Nodes[0].Transformations.Instructions[2]`.
  public let place: String

  /// The variables, or patterns of variables, it takes.
  public let inputs: [NamePattern]

  /// The names of what it makes, in the order of the inputs; empty to keep the inputs' names.
  public let outputs: [String]

  /// What stands before the name of everything it makes.
  public let outputPrefix: String

  /// What stands behind the name of everything it makes.
  public let outputSuffix: String

  /// What is done.
  public let operation: StatsModelOperation

  /// Whether what it makes replaces what it takes.
  public var isInPlace: Bool { outputs.isEmpty && outputPrefix.isEmpty && outputSuffix.isEmpty }

  /// Reads the `Transformations` of a node.
  static func list(_ place: JSONPlace) throws(StatsModelError) -> [StatsModelInstruction] {
    let members = try place.members(
      known: ["Transformer", "Instructions"],
      needed: ["Transformer", "Instructions"]
    )
    if let transformer = members["Transformer"], try transformer.text() != "pybids-transforms-v1" {
      throw transformer.error(.wrongValue(expected: "pybids-transforms-v1"))
    }
    var instructions: [StatsModelInstruction] = []
    for element in try members["Instructions"]?.elements() ?? [] {
      instructions.append(try StatsModelInstruction(element))
    }
    return instructions
  }

  /// Reads one instruction.
  private init(_ instruction: JSONPlace) throws(StatsModelError) {
    place = instruction.place
    var options = try InstructionOptions(instruction)
    let name: StatsModelOperation.Name = try options.needed("Name").word()
    inputs = try options.needed("Input").texts().map { NamePattern($0) }
    guard !inputs.isEmpty else {
      throw try options.needed("Input").error(.wrongValue(expected: "at least one variable"))
    }
    outputs = try options.taken("Output")?.texts() ?? []
    outputPrefix = try options.taken("OutputPrefix")?.text() ?? ""
    outputSuffix = try options.taken("OutputSuffix")?.text() ?? ""
    if let dense = options.taken("Dense"), try dense.flag() {
      throw dense.error(.unsupported(instead: "events are kept as events until they are convolved"))
    }
    if let group = options.taken("GroupBy"), try group.texts() != ["run"] {
      throw group.error(.unsupported(instead: "every run is transformed by itself, GroupBy run"))
    }
    operation = try StatsModelOperation(name, &options)
    try options.requireAllTaken()
    try requireOutputs(instruction)
  }

  /// Refuses an instruction whose outputs cannot be told apart, or that must name them.
  private func requireOutputs(_ instruction: JSONPlace) throws(StatsModelError) {
    let output = instruction.at("Output", .null)
    guard !isInPlace || !operation.needsOutput else { throw output.error(.missingKey) }
    if !isInPlace, operation.makesNothing {
      throw output.error(.unsupported(instead: "Select has no output; leave it out"))
    }
    guard !outputs.isEmpty, !inputs.contains(where: \.hasWildcards) else { return }
    let expected = operation.isJoint ? 1 : inputs.count
    guard outputs.count == expected else {
      throw output.error(
        .wrongValue(expected: expected == 1 ? "one name" : "\(expected) names, one per input")
      )
    }
  }
}

/// The options of an instruction while they are read; keys are written as `RefLevel` or `ref_level`.
struct InstructionOptions {
  private let instruction: JSONPlace
  private var left: [String: JSONPlace] = [:]
  private var asked: [String] = []
  private var found: [String: JSONPlace] = [:]

  init(_ instruction: JSONPlace) throws(StatsModelError) {
    self.instruction = instruction
    guard case .object(let members) = instruction.value else {
      throw instruction.error(.wrongValue(expected: "an object with keys"))
    }
    for (key, value) in members.sorted(by: { $0.key < $1.key }) where key != "Description" {
      let place = instruction.at(key, value)
      guard left.updateValue(place, forKey: InstructionOptions.plain(key)) == nil else {
        throw place.error(.wrongValue(expected: "there once only"))
      }
    }
  }

  /// Takes an option that may be there; `null` is as absent.
  mutating func taken(_ key: String) -> JSONPlace? {
    asked.append(key)
    let plain = InstructionOptions.plain(key)
    guard let place = left.removeValue(forKey: plain), place.value != .null else { return nil }
    return place
  }

  /// Takes an option that must be there.
  mutating func needed(_ key: String) throws(StatsModelError) -> JSONPlace {
    let plain = InstructionOptions.plain(key)
    if let place = found[plain] { return place }
    guard let place = taken(key) else { throw instruction.at(key, .null).error(.missingKey) }
    found[plain] = place
    return place
  }

  /// Refuses what nobody asked for.
  func requireAllTaken() throws(StatsModelError) {
    guard let other = left.values.min(by: { $0.place < $1.place }) else { return }
    throw other.error(.unknownKey(known: asked))
  }

  private static func plain(_ key: String) -> String {
    key.lowercased().filter { $0 != "_" }
  }
}
