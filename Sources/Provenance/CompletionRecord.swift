import FoundationEssentials
public import Files

/// What was read and what was written for one participant; its presence says that all is done.
///
/// The record is the last file written. It holds no time, no host and no absolute path, so that the
/// same job on the same data gives the same record.
public struct CompletionRecord: Codable, Equatable, Sendable {
  /// A file and the SHA-256 of its bytes.
  public struct FileDigest: Codable, Equatable, Sendable {
    /// The path, relative to the dataset (inputs) or the output folder (outputs).
    public var path: String

    /// The SHA-256 of its bytes, in hexadecimal digits.
    public var sha256: String

    /// Names a file with its digest.
    ///
    /// - Parameters:
    ///   - path: The path, relative to the dataset or the output folder.
    ///   - sha256: The SHA-256 of its bytes, in hexadecimal digits.
    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The version of this layout.
  public var schemaVersion = 1

  /// The participant, without `sub-`.
  public var participant: String

  /// The version of nocinet that did the work.
  public var version: String

  /// The instruction set that the numbers were computed with: `v4`, `v3` or `baseline`.
  ///
  /// The first two give the same bytes; the baseline differs from them in the last digits.
  public var instructionSet: String

  /// The SHA-256 of the job, less the list of who takes part.
  public var job: String

  /// What was read.
  public var inputs: [FileDigest]

  /// What was written.
  public var outputs: [FileDigest]

  /// Creates a record of finished work from the files as they are now.
  ///
  /// - Parameters:
  ///   - participant: The participant, without `sub-`.
  ///   - version: The version of nocinet that did the work.
  ///   - instructionSet: The instruction set that the numbers were computed with.
  ///   - job: The digest of the job.
  ///   - inputs: Paths below `dataset`.
  ///   - dataset: The dataset's folder.
  ///   - outputs: Paths below `folder`.
  ///   - folder: The output folder.
  /// - Throws: `FileError` where a file cannot be read.
  public init(
    participant: String,
    version: String,
    instructionSet: String,
    job: String,
    inputs: [String],
    below dataset: String,
    outputs: [String],
    below folder: String
  ) throws(FileError) {
    self.participant = participant
    self.version = version
    self.instructionSet = instructionSet
    self.job = job
    self.inputs = try Self.digests(of: inputs, below: dataset)
    self.outputs = try Self.digests(of: outputs, below: folder)
  }

  private static func digests(
    of paths: [String],
    below folder: String
  ) throws(FileError) -> [FileDigest] {
    var digests: [FileDigest] = []
    for path in paths.sorted() {
      digests.append(FileDigest(path: path, sha256: try sha256(ofFile: folder + "/" + path)))
    }
    return digests
  }

  /// The record as JSON text with sorted keys.
  public var json: [UInt8] {
    get throws { Array(try indentedJSON.utf8) }
  }
}

extension CompletionRecord {
  /// Returns where a participant's record lies, relative to the output folder.
  ///
  /// - Parameter participant: The participant, with `sub-`.
  /// - Returns: The path.
  public static func path(of participant: String) -> String {
    "\(participant)/\(participant)_record.json"
  }

  /// Removes a participant's record and the results that it lists, so that those of an earlier job
  /// never stand beside those of the next.
  ///
  /// - Parameters:
  ///   - participant: The participant, with `sub-`.
  ///   - folder: The output folder.
  /// - Throws: `FileError` where the record is there but cannot be read.
  public static func discardResults(
    of participant: String,
    in folder: String
  ) throws(FileError) {
    let outputs = try read(of: participant, in: folder)?.outputs.map(\.path) ?? []
    discardFiles([path(of: participant)] + outputs, in: folder)
  }

  /// Reads a participant's record.
  ///
  /// - Parameters:
  ///   - participant: The participant, with `sub-`.
  ///   - folder: The output folder.
  /// - Returns: The record, or `nil` where the work is not complete.
  /// - Throws: `FileError` where it is there but cannot be read.
  public static func read(
    of participant: String,
    in folder: String
  ) throws(FileError) -> CompletionRecord? {
    let path = "\(folder)/\(path(of: participant))"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let bytes = try readBytes(path)
    return try? JSONDecoder().decode(CompletionRecord.self, from: Data(bytes))
  }
}
