/// A column, or a pattern of columns, of a Stats Model's design.
public struct StatsModelPredictor: Hashable, Sendable {
  /// Where it stands in the file, such as `Nodes[0].Model.X[2]`.
  public let place: String

  /// The variable or the pattern of variables; `nil` for the constant, written 1.
  public let pattern: NamePattern?

  /// What is written there.
  public var text: String { pattern?.text ?? "1" }

  /// Whether it is the constant.
  public var isConstant: Bool { pattern == nil }

  /// Whether a column of a contrast is one of these.
  func covers(_ other: StatsModelPredictor) -> Bool {
    guard let pattern else { return other.isConstant }
    return other.pattern.map { $0.text == pattern.text || pattern.matches($0.text) } ?? false
  }

  /// Reads a list of columns.
  static func list(_ place: JSONPlace) throws(StatsModelError) -> [StatsModelPredictor] {
    var predictors: [StatsModelPredictor] = []
    for element in try place.elements() {
      let predictor = try StatsModelPredictor(element)
      guard !predictors.contains(where: { $0.text == predictor.text }) else {
        throw element.error(.wrongValue(expected: "different from the other variables"))
      }
      predictors.append(predictor)
    }
    return predictors
  }

  /// Reads one column.
  private init(_ element: JSONPlace) throws(StatsModelError) {
    place = element.place
    switch element.value {
    case .number(1): pattern = nil
    case .string(let text) where !text.isEmpty: pattern = NamePattern(text)
    default: throw element.error(.wrongValue(expected: "the name of a variable in quotes, or 1"))
    }
  }
}

/// The variables that are convolved without an instruction, and how.
public struct StatsModelResponse: Sendable {
  /// Where it stands in the file.
  public let place: String

  /// The variables or patterns of variables.
  public let variables: [NamePattern]

  /// The response in words such as `spm + derivative`.
  public let response: String

  /// Reads the `HRF` of a model.
  init(_ hrf: JSONPlace) throws(StatsModelError) {
    place = hrf.place
    let members = try hrf.members(
      known: ["Variables", "Model"],
      needed: ["Variables", "Model"]
    )
    variables = try members["Variables"]?.texts().map { NamePattern($0) } ?? []
    let words = try members["Model"]?.text() ?? ""
    let bare = words.lowercased().filter { $0 != " " }
    guard knownResponses.contains(bare), let model = members["Model"] else {
      throw hrf.at("Model", .null).error(.wrongValue(expected: "one of \(knownResponseWords)"))
    }
    _ = model
    response = bare
  }
}

/// The shapes of response that a model can name.
private let knownResponses = ["spm", "glover"].flatMap {
  [$0, "\($0)+derivative", "\($0)+derivative+dispersion"]
}

private let knownResponseWords = knownResponses.joined(separator: ", ")
