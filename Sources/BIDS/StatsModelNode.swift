/// One step of a Stats Model: a model of runs, or of what came out of the step before.
public struct StatsModelNode: Sendable {
  /// What one fit of the node is made for.
  public enum Level: String, CaseIterable, Sendable {
    case run = "Run"
    case session = "Session"
    case subject = "Subject"
    case dataset = "Dataset"
  }

  /// How estimates are combined.
  public enum Kind: String, CaseIterable, Sendable {
    /// By a general linear model of its own.
    case glm

    /// By the precision of each, as in a meta-analysis.
    case meta
  }

  /// Where it stands in the file, such as `Nodes[0]`.
  public let place: String

  /// What one fit is made for.
  public let level: Level

  /// Its name, by which edges find it.
  public let name: String

  /// The entities that tell its fits apart.
  public let groupBy: Set<String>

  /// What is done with variables before the design is made.
  public let instructions: [StatsModelInstruction]

  /// How estimates are combined.
  public let kind: Kind

  /// The columns of the design.
  public let predictors: [StatsModelPredictor]

  /// The variables that are convolved without an instruction, and how.
  public let response: StatsModelResponse?

  /// The frequency below which drift is taken out, in Hz; `nil` where the model takes out none.
  public let highPassCutoff: Double?

  /// The questions.
  public let contrasts: [StatsModelContrast]

  /// The questions of one column each; `nil` where there are none.
  public let dummies: StatsModelDummies?

  /// Reads a node.
  init(_ node: JSONPlace) throws(StatsModelError) {
    place = node.place
    let members = try node.members(
      known: [
        "Level", "Name", "GroupBy", "Transformations", "Model", "Contrasts", "DummyContrasts",
      ],
      needed: ["Level", "Name", "GroupBy", "Model"]
    )
    let absent = node.at("Model", .null)
    level = try (members["Level"] ?? absent).word(ignoringCase: true)
    name = try (members["Name"] ?? absent).text()
    groupBy = Set(try (members["GroupBy"] ?? absent).texts())
    instructions = try members["Transformations"].map(StatsModelInstruction.list) ?? []

    let model = try (members["Model"] ?? absent).members(
      known: ["Type", "X", "HRF", "Options", "Software"],
      needed: ["Type", "X"]
    )
    kind = try (model["Type"] ?? absent).word()
    predictors = try StatsModelPredictor.list(model["X"] ?? absent)
    guard !predictors.isEmpty else {
      throw (model["X"] ?? absent).error(.wrongValue(expected: "a list with at least one variable"))
    }
    response = try model["HRF"].map(StatsModelResponse.init)
    highPassCutoff = try model["Options"].flatMap(StatsModelNode.highPassCutoff)
    if let software = model["Software"] { try StatsModelNode.requireOthers(software) }

    var contrasts: [StatsModelContrast] = []
    for element in try members["Contrasts"]?.elements() ?? [] {
      let contrast = try StatsModelContrast(element)
      guard !contrasts.contains(where: { $0.name == contrast.name }) else {
        throw element.at("Name", .null).error(.wrongValue(expected: "different from the others"))
      }
      contrasts.append(contrast)
    }
    self.contrasts = contrasts
    dummies = try members["DummyContrasts"].flatMap(StatsModelDummies.init)
    try requireSense(node)
  }

  /// Reads the high-pass filter, the only option that is carried out.
  private static func highPassCutoff(_ options: JSONPlace) throws(StatsModelError) -> Double? {
    guard
      let place = try options.members(known: ["HighPassFilterCutoffHz"])["HighPassFilterCutoffHz"]
    else { return nil }
    let cutoff = try place.number()
    guard cutoff > 0, cutoff < 10 else {
      throw place.error(.wrongValue(expected: "a frequency in Hz above 0, such as 0.0078125"))
    }
    return cutoff
  }

  /// Lets sections for other programs stand, since they are not meant for this one.
  private static func requireOthers(_ software: JSONPlace) throws(StatsModelError) {
    guard case .object(let sections) = software.value else {
      throw software.error(.wrongValue(expected: "an object with a section per program"))
    }
    guard let own = sections["nocinet"] else { return }
    throw software.at("nocinet", own).error(
      .unsupported(instead: "what is nocinet's own is said by options such as --noise")
    )
  }

  /// Refuses a node that fits nothing or asks nothing.
  private func requireSense(_ node: JSONPlace) throws(StatsModelError) {
    guard !contrasts.isEmpty || dummies != nil else {
      throw node.at("Contrasts", .null).error(
        .unsupported(instead: "a node without Contrasts and DummyContrasts has no results; ask one")
      )
    }
    for name in dummies?.names ?? [] where contrasts.contains(where: { $0.name == name }) {
      throw node.at("DummyContrasts", .null).error(
        .wrongValue(expected: "of other names than the Contrasts, not \"\(name)\" too")
      )
    }
    for contrast in contrasts {
      for (index, condition) in contrast.conditions.enumerated()
      where !predictors.contains(where: { $0.covers(condition) }) {
        throw StatsModelError(
          path: node.path,
          place: "\(contrast.place).ConditionList[\(index)]",
          reason: .wrongValue(expected: "a variable of Model.X, not \"\(condition.text)\"")
        )
      }
    }
  }
}
