public import BIDS
public import Files

/// A job that cannot be used, and why.
public struct JobError: Error, Equatable {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// The file cannot be read or written.
    case file(FileError)

    /// The text is no JSON.
    case syntax(JSONValue.SyntaxError)

    /// The job states no version of its layout.
    case noSchemaVersion

    /// The job was written in a layout this program does not know.
    case unknownSchemaVersion(String)

    /// A key that must be there is not.
    case missingKey(String)

    /// A key is there that means nothing, with the keys that could stand in its place.
    case unknownKey(String, known: [String])

    /// The value of a key is of the wrong kind.
    case wrongValue(String, expected: String)
  }

  /// The file, as the user gave it.
  public let path: String

  /// What is wrong with it; keys are given as paths such as `model.contrasts[0].name`.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - path: The file, as the user gave it.
  ///   - reason: What is wrong with it.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

extension JobError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    switch reason {
    case .file(let error): error.description
    case .syntax(let error):
      "\(path):\(error.line):\(error.column): this is no valid JSON: \(error.problem)"
    case .noSchemaVersion:
      "\(path): there is no schemaVersion; write \"schemaVersion\": \(Job.currentSchemaVersion)"
    case .unknownSchemaVersion(let found):
      """
      \(path): schemaVersion is \(found) but this program knows \(Job.currentSchemaVersion); \
      use the release that wrote the job, or write the job again
      """
    case .missingKey(let key):
      "\(path): \(key) is missing; a job states everything, so copy it from a complete one"
    case .unknownKey(let key, let known):
      "\(path): \(key) means nothing; known there: \(known.joined(separator: ", "))"
    case .wrongValue(let key, let expected): "\(path): \(key) must be \(expected)"
    }
  }
}
