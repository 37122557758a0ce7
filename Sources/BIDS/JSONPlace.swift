import Files

/// A value of a Stats Model with its place in the file.
struct JSONPlace {
  /// The value.
  let value: JSONValue

  /// Where it stands, such as `Nodes[0].Model`; empty for the whole.
  let place: String

  /// The file, for messages.
  let path: String

  /// The error of this place.
  func error(_ reason: StatsModelError.Reason) -> StatsModelError {
    StatsModelError(path: path, place: place.isEmpty ? "the file" : place, reason: reason)
  }

  /// The members of an object, each with its place; those that are `null` are taken as absent.
  ///
  /// - Parameters:
  ///   - known: The keys that may be there, beside `Description`.
  ///   - needed: Those that must be.
  /// - Returns: The members by key.
  /// - Throws: ``StatsModelError`` where it is no object, or a key is unknown or missing.
  func members(
    known: [String],
    needed: [String] = []
  ) throws(StatsModelError) -> [String: JSONPlace] {
    guard case .object(let members) = value else {
      throw error(.wrongValue(expected: "an object with keys"))
    }
    var found: [String: JSONPlace] = [:]
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      let member = at(key, value)
      guard known.contains(key) || key == "Description" else {
        throw member.error(.unknownKey(known: known))
      }
      if value != .null { found[key] = member }
    }
    for key in needed where found[key] == nil { throw at(key, .null).error(.missingKey) }
    return found
  }

  /// A member of this object.
  func at(_ key: String, _ value: JSONValue) -> JSONPlace {
    JSONPlace(value: value, place: place.isEmpty ? key : "\(place).\(key)", path: path)
  }

  /// The elements of a list, each with its place.
  func elements() throws(StatsModelError) -> [JSONPlace] {
    guard case .array(let elements) = value else { throw error(.wrongValue(expected: "a list")) }
    return elements.enumerated().map { index, element in
      JSONPlace(value: element, place: "\(place)[\(index)]", path: path)
    }
  }

  /// A text that is not empty.
  func text() throws(StatsModelError) -> String {
    guard case .string(let text) = value, !text.isEmpty else {
      throw error(.wrongValue(expected: "a text in quotes"))
    }
    return text
  }

  /// A number.
  func number() throws(StatsModelError) -> Double {
    guard case .number(let number) = value else { throw error(.wrongValue(expected: "a number")) }
    return number
  }

  /// Yes or no, also in the form `"True"` of older models.
  func flag() throws(StatsModelError) -> Bool {
    switch value {
    case .bool(let flag): return flag
    case .string("True"), .string("true"): return true
    case .string("False"), .string("false"): return false
    default: throw error(.wrongValue(expected: "true or false"))
    }
  }

  /// One text, or a list of texts.
  func texts() throws(StatsModelError) -> [String] {
    if case .string = value { return [try text()] }
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  /// A label in quotes, or a whole number.
  func label() throws(StatsModelError) -> String {
    switch value {
    case .string(let text) where !text.isEmpty: return text
    case .number(let number) where number == number.rounded() && abs(number) < 1e9:
      return Files.number(number)
    default: throw error(.wrongValue(expected: "a label in quotes, or a whole number"))
    }
  }

  /// One of some words.
  func word<Word: CaseIterable & RawRepresentable<String>>(
    ignoringCase: Bool = false
  ) throws(StatsModelError) -> Word {
    let words = Word.allCases.map(\.rawValue)
    guard case .string(let text) = value,
      let word = Word.allCases.first(where: { word in
        word.rawValue == text
          || ignoringCase && word.rawValue.lowercased() == text.lowercased()
      })
    else { throw error(.wrongValue(expected: "one of \(words.joined(separator: ", "))")) }
    return word
  }
}
