import BIDS
import Files
import FoundationEssentials

extension Job {
  /// Reads a job and refuses whatever it does not understand.
  ///
  /// A job states everything. Only the keys whose value may be none can be absent or `null`:
  /// `derivatives` and its `resolution`, `phenotype.idColumn`, `normalization.template`,
  /// `normalization.space`, `model.censoringThreshold`, `model.statsModel`, a modulator's `condition`, a
  /// contrast's `test` and the labels of an onset offset.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``JobError`` with the path of the key within the file.
  public init(path: String) throws(JobError) {
    let text: String
    do throws(FileError) {
      text = try readText(path)
    } catch {
      throw JobError(path: path, reason: .file(error))
    }
    try self.init(json: text, path: path)
  }

  /// Reads a job from its text.
  ///
  /// - Parameters:
  ///   - json: The text of the whole file.
  ///   - path: The file, for messages.
  /// - Throws: ``JobError`` with the path of the key within the file.
  public init(json: String, path: String) throws(JobError) {
    let tree: JSONValue
    do throws(JSONValue.SyntaxError) {
      tree = try JSONValue(parsing: json)
    } catch {
      throw JobError(path: path, reason: .syntax(error))
    }
    try Job.checkSchemaVersion(of: tree, path: path)
    if let reason = fractionalCount(in: tree) { throw JobError(path: path, reason: reason) }
    let job: Job
    do {
      job = try JSONDecoder().decode(Job.self, from: Data(json.utf8))
    } catch {
      throw JobError(path: path, reason: JobError.Reason(error))
    }
    if let reason = unknownKey(in: tree, comparedWith: job.tree) ?? job.firstImpossibleValue {
      throw JobError(path: path, reason: reason)
    }
    self = job
  }

  /// Writes the job, whole or not at all.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``JobError`` where it cannot be written, or holds a number that is not finite.
  public func write(to path: String) throws(JobError) {
    if let reason = firstImpossibleValue { throw JobError(path: path, reason: reason) }
    do throws(FileError) {
      try writeAtomically(json, to: path)
    } catch {
      throw JobError(path: path, reason: .file(error))
    }
  }

  /// The job as text: sorted keys, indented, one line break at the end; the same job gives the same text.
  public var json: String {
    // Only a number that is not finite cannot be encoded, and those are refused before writing.
    (try? indentedJSON) ?? ""
  }

  private var tree: JSONValue { (try? JSONValue(parsing: json)) ?? .null }

  private static func checkSchemaVersion(of tree: JSONValue, path: String) throws(JobError) {
    guard case .object(let members) = tree else {
      throw JobError(path: path, reason: .wrongValue("the file", expected: "a JSON object"))
    }
    switch members["schemaVersion"] {
    case .number(Double(currentSchemaVersion)): return
    case .number(let other):
      throw JobError(path: path, reason: .unknownSchemaVersion(number(other)))
    case .string(let other):
      throw JobError(path: path, reason: .unknownSchemaVersion("\"\(other)\""))
    default: throw JobError(path: path, reason: .noSchemaVersion)
    }
  }
}

/// Returns the first count that is no whole number; the decoder would refuse it without its place.
private func fractionalCount(in tree: JSONValue) -> JobError.Reason? {
  let places: [(path: String, limit: Double)] = [
    ("seed", 0x1p64), ("preprocessing.dummyScans", 0x1p31), ("normalization.threads", 0x1p31),
    ("model.drift.polynomial.order", 0x1p31),
    ("model.hemodynamics.finiteImpulseResponse.delays", 0x1p31),
  ]
  for (path, limit) in places {
    var value: JSONValue? = tree
    for key in path.split(separator: ".") {
      if case .object(let members) = value { value = members[String(key)] } else { value = nil }
    }
    let counts: [JSONValue] =
      if case .array(let list) = value { list } else { value.map { [$0] } ?? [] }
    for case .number(let count) in counts
    where count != count.rounded() || count < 0 || count > limit {
      return .wrongValue(path, expected: "a whole number from 0 on")
    }
  }
  return nil
}

/// The keys whose absence means that there is none.
private let optionalKeys = [
  "derivatives", "resolution", "idColumn", "template", "space", "censoringThreshold", "condition",
  "statsModel", "test", "participant", "session", "task", "run",
]

/// Returns the first key that the decoded job did not take up.
private func unknownKey(
  in given: JSONValue,
  comparedWith understood: JSONValue,
  at place: String = ""
) -> JobError.Reason? {
  switch (given, understood) {
  case (.object(let given), .object(let understood)):
    for (key, value) in given.sorted(by: { $0.key < $1.key }) {
      let here = place.isEmpty ? key : "\(place).\(key)"
      guard let counterpart = understood[key] else {
        if value == .null, optionalKeys.contains(key) { continue }
        return .unknownKey(here, known: understood.keys.sorted())
      }
      if let found = unknownKey(in: value, comparedWith: counterpart, at: here) { return found }
    }
    return nil
  case (.array(let given), .array(let understood)):
    for (index, pair) in zip(given, understood).enumerated() {
      let found = unknownKey(in: pair.0, comparedWith: pair.1, at: "\(place)[\(index)]")
      if let found { return found }
    }
    return nil
  default: return nil
  }
}

extension JobError.Reason {
  /// Turns a decoder's error into the path of the key and what was expected there.
  fileprivate init(_ error: any Error) {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      self = .missingKey(jsonPath(context.codingPath + [key]))
    case .valueNotFound(let type, let context), .typeMismatch(let type, let context):
      self = .wrongValue(jsonPath(context.codingPath), expected: words(for: type))
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      self = .wrongValue("the file", expected: "a job whose numbers are within range")
    case .dataCorrupted(let context):
      let isWord = context.debugDescription.hasPrefix("Cannot initialize")
      self = .wrongValue(
        jsonPath(context.codingPath),
        expected: isWord ? "a word this program knows there" : context.debugDescription
      )
    default: self = .wrongValue("the file", expected: "a job")
    }
  }
}

private func jsonPath(_ keys: [any CodingKey]) -> String {
  keys.reduce(into: "") { path, key in
    if let index = key.intValue {
      path += "[\(index)]"
    } else {
      path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
    }
  }
}

private func words(for type: any Any.Type) -> String {
  switch type {
  case is String.Type: "a text in quotes"
  case is Bool.Type: "true or false"
  case is Int.Type, is UInt64.Type: "a whole number"
  case is Double.Type: "a number"
  case is [Any].Type: "a list"
  default: "an object with keys"
  }
}
