/// A question of a Stats Model: weighted sums of its columns.
public struct StatsModelContrast: Sendable {
  /// How the question is tested.
  public enum Test: String, CaseIterable, Sendable {
    case t
    case f = "F"

    /// Not at all: the estimate is passed on.
    case pass
  }

  /// Where it stands in the file, such as `Nodes[0].Contrasts[1]`.
  public let place: String

  /// Its name.
  public let name: String

  /// The columns that have weights.
  public let conditions: [StatsModelPredictor]

  /// Rows of weights, one weight per condition.
  public let weights: [[StatsModelWeight]]

  /// How it is tested.
  public let test: Test

  /// Reads a contrast.
  init(_ contrast: JSONPlace) throws(StatsModelError) {
    place = contrast.place
    let keys = ["Name", "ConditionList", "Weights", "Test"]
    let members = try contrast.members(known: keys, needed: keys)
    let absent = contrast.at("Name", .null)
    if case .number(1) = members["Name"]?.value {
      name = "1"
    } else {
      name = try (members["Name"] ?? absent).text()
    }
    conditions = try StatsModelPredictor.list(members["ConditionList"] ?? absent)
    for (index, condition) in conditions.enumerated()
    where condition.pattern?.hasWildcards ?? false {
      throw StatsModelError(
        path: contrast.path,
        place: "\(contrast.place).ConditionList[\(index)]",
        reason: .unsupported(instead: "name each variable of a contrast without wildcards")
      )
    }
    test = try (members["Test"] ?? absent).word()
    weights = try StatsModelContrast.rows(members["Weights"] ?? absent, width: conditions.count)
    if weights.count > 1, test != .f {
      throw (members["Test"] ?? absent).error(
        .wrongValue(expected: "F where Weights has several rows")
      )
    }
  }

  /// Reads one row of weights, or several.
  private static func rows(
    _ place: JSONPlace,
    width: Int
  ) throws(StatsModelError) -> [[StatsModelWeight]] {
    let elements = try place.elements()
    let isNested = elements.contains { if case .array = $0.value { true } else { false } }
    var rows: [[StatsModelWeight]] = []
    for row in isNested ? elements : [place] {
      var weights: [StatsModelWeight] = []
      for element in try row.elements() { weights.append(try StatsModelWeight(element)) }
      guard weights.count == width else {
        throw row.error(.wrongValue(expected: "a list of \(width) weights, one per condition"))
      }
      guard weights.contains(where: { $0.value != 0 }) else {
        throw row.error(.wrongValue(expected: "a list with a weight other than 0"))
      }
      rows.append(weights)
    }
    return rows
  }
}

/// A weight as it was written: a number, or a fraction such as `-1/3`.
public struct StatsModelWeight: Sendable {
  /// Its text, such as `0.5` or `-1/3`.
  public let text: String

  /// Its value.
  public let value: Double

  /// Reads a weight.
  init(_ place: JSONPlace) throws(StatsModelError) {
    let expected = StatsModelError.Reason.wrongValue(
      expected: "a number, or a fraction in quotes such as \"-1/3\""
    )
    switch place.value {
    case .number(let number):
      (text, value) = (weightText(number), number)
    case .string(let words):
      let bare = words.filter { $0 != " " }
      let parts = bare.split(separator: "/", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { cellNumber(String($0)) }
      guard numbers.count == parts.count, let first = numbers.first, parts.count <= 2 else {
        throw place.error(expected)
      }
      if numbers.count == 2 {
        guard numbers[1] != 0, (first / numbers[1]).isFinite else { throw place.error(expected) }
        text = "\(weightText(first))/\(weightText(numbers[1]))"
        value = first / numbers[1]
      } else {
        (text, value) = (weightText(first), first)
      }
    default: throw place.error(expected)
    }
  }
}

/// Returns a number as it stands in an expression.
private func weightText(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// The questions of one column each.
public struct StatsModelDummies: Sendable {
  /// Where they stand in the file.
  public let place: String

  /// The columns; `nil` for every column of interest.
  public let names: [String]?

  /// How they are tested.
  public let test: StatsModelContrast.Test

  /// Reads them; `nil` where the model says `false`.
  init?(_ dummies: JSONPlace) throws(StatsModelError) {
    if dummies.value == .bool(false) { return nil }
    place = dummies.place
    let members = try dummies.members(known: ["Contrasts", "Test"], needed: ["Test"])
    guard let test = members["Test"] else { return nil }
    self.test = try test.word()
    guard let list = members["Contrasts"] else {
      names = nil
      return
    }
    var names: [String] = []
    for predictor in try StatsModelPredictor.list(list) {
      guard !(predictor.pattern?.hasWildcards ?? false) else {
        throw StatsModelError(
          path: list.path,
          place: predictor.place,
          reason: .unsupported(instead: "name each variable of a contrast without wildcards")
        )
      }
      names.append(predictor.text)
    }
    self.names = names
  }
}
