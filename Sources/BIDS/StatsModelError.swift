public import Files

/// A BIDS Stats Model that cannot be carried out, and why.
public struct StatsModelError: Error, Equatable {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// The file cannot be read.
    case file(FileError)

    /// The text is no JSON.
    case syntax(JSONValue.SyntaxError)

    /// A key that must be there is not.
    case missingKey

    /// A key is there that this program does not know, with those it knows in its place.
    case unknownKey(known: [String])

    /// The value is of the wrong kind.
    case wrongValue(expected: String)

    /// The value means something that this program does not do, and what it does instead.
    case unsupported(instead: String)
  }

  /// The file, as the user gave it.
  public let path: String

  /// The place within the file, such as `Nodes[0].Model.X[2]`.
  public let place: String

  /// What is wrong there.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - path: The file, as the user gave it.
  ///   - place: The place within the file, such as `Nodes[0].Model.X[2]`.
  ///   - reason: What is wrong there.
  public init(path: String, place: String, reason: Reason) {
    (self.path, self.place, self.reason) = (path, place, reason)
  }
}

extension StatsModelError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    switch reason {
    case .file(let error): error.description
    case .syntax(let error):
      "\(path):\(error.line):\(error.column): this is no valid JSON: \(error.problem)"
    default: "\(path): \(complaint)"
    }
  }

  /// The place and what is wrong there, without the file.
  var complaint: String {
    switch reason {
    case .file(let error): error.description
    case .syntax(let error): error.problem
    case .missingKey: "\(place) is missing"
    case .unknownKey(let known):
      "\(place) is not known to nocinet; known there: \(known.joined(separator: ", "))"
    case .wrongValue(let expected): "\(place) must be \(expected)"
    case .unsupported(let instead): "\(place) is not supported: \(instead)"
    }
  }
}
