public import Files

/// A dataset, or a text file of one, that cannot be used, and why.
public struct BIDSError: Error, Equatable {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// The file cannot be read at all.
    case unreadable(FileError)

    /// The folder cannot be listed; the system's own words.
    case unlistable(String)

    /// The dataset's folder holds no participant's folder.
    case noParticipants

    /// A label was asked for that nothing in the dataset carries.
    case unknown(Entity, label: String, existing: [String])

    /// The participant has no run of what was asked for.
    case noRuns(participant: String, existing: [String])

    /// A run exists in several spaces or processings, and which one to take was not said.
    case severalVersions(of: String, existing: [String])

    /// A run that another program prepared cannot be taken.
    case preprocessed(PreprocessedProblem)

    /// The text is no JSON.
    case syntax(JSONValue.SyntaxError)

    /// The JSON file holds something else than values by key.
    case notAnObject

    /// The value of a key is of another kind than the key asks for.
    case wrongValue(key: String, expected: String)

    /// The table has no header line.
    case emptyTable

    /// The table's columns are separated by spaces.
    case spacesForTabs

    /// A row has another number of cells than the header.
    case ragged(line: Int, cells: Int, columns: Int)

    /// A quoted cell is not closed.
    case openQuote(line: Int)

    /// A column that must be there is not.
    case missingColumn(String, existing: [String])

    /// A cell that must be a number is not one, or is one that makes no sense.
    case badCell(line: Int, column: String, text: String, expected: String)

    /// A participant has two rows in a table that allows one.
    case duplicateParticipant(String, lines: [Int])

    /// Two tables of participants state different things of one of them.
    case phenotypeConflict(
      participant: String,
      column: String,
      says: String,
      line: Int,
      other: String
    )

    /// No column, or more than one, can be that of the participants' labels.
    case noIDColumn(candidates: [String], columns: [String])

    /// A repetition time that cannot be in seconds, or none at all.
    case repetitionTime(RepetitionTimeProblem)

    /// A slice is said to be acquired after the end of its volume, in s.
    case sliceTimingBeyondVolume(largest: Double, repetitionTime: Double)

    /// The moment that values stand for is said to lie outside the first volume, in s.
    case startTimeOutsideVolume(Double, repetitionTime: Double)
  }

  /// The file or folder, as the user gave it.
  public let path: String

  /// What is wrong with it.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - path: The file or folder, as the user gave it.
  ///   - reason: What is wrong with it.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Wraps an error of room Files.
  init(_ error: FileError) {
    self.init(path: error.path, reason: .unreadable(error))
  }
}

extension BIDSError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    if case .unreadable(let error) = reason { return error.description }
    return "\(path)\(place): \(reason.sentence)"
  }

  /// The line within the file, in the form that editors jump to.
  private var place: String {
    switch reason {
    case .syntax(let error): ":\(error.line):\(error.column)"
    case .ragged(let line, _, _), .openQuote(let line), .badCell(let line, _, _, _): ":\(line)"
    case .phenotypeConflict(_, _, _, let line, _): ":\(line)"
    case .spacesForTabs: ":1"
    default: ""
    }
  }
}
