import Glibc

/// A file, folder or program that could not be used, and why.
public struct FileError: Error, Equatable, Sendable {
  /// What was being done when the system refused.
  public enum Operation: String, Equatable, Sendable {
    case read, write, makeFolder, start
  }

  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// There is nothing at the path.
    case missing

    /// The path leads to a folder where a file was expected.
    case isFolder

    /// The system refused, with its error number.
    case refused(Operation, code: Int32)

    /// The bytes are not text in UTF-8.
    case notText

    /// What stands at a byte is no start of a gzip stream.
    case notGzip(atByte: Int)

    /// The compressed stream ends before its own end mark.
    case gzipEndsEarly(inflatedBytes: Int)

    /// The compressed stream is damaged after a number of inflated bytes.
    case gzipDamaged(inflatedBytes: Int)

    /// The inflated bytes do not match the stream's own checksum.
    case gzipChecksum

    /// No program of this name is on the search path.
    case programMissing

    /// The program was ended by a signal.
    case programKilled(signal: Int32)

    /// Memory or the library behind the operation failed.
    case outOfMemory
  }

  /// The path or program, as it was given.
  public let path: String

  /// What is wrong.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - path: The path or program, as it was given.
  ///   - reason: What is wrong.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Creates an error from the system's error number.
  init(_ path: String, _ operation: Operation, code: Int32 = errno) {
    switch code {
    case ENOENT where operation == .read: self.init(path: path, reason: .missing)
    case EISDIR: self.init(path: path, reason: .isFolder)
    default: self.init(path: path, reason: .refused(operation, code: code))
    }
  }
}

extension FileError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String { "\(path): \(sentence)" }

  private var sentence: String {
    switch reason {
    case .missing: "there is no such file; is the path right, and does a link lead nowhere?"
    case .isFolder: "this is a folder where a file was expected; name a file in it"
    case .refused(let operation, let code): operation.refusal(String(cString: strerror(code)))
    case .notText: "this is not text in UTF-8; save it again in that encoding"
    case .notGzip(0): "this is no gzip file although its name says so; was it renamed?"
    case .notGzip(let byte):
      "what follows the compressed data at byte \(byte) is no gzip stream; was the file overwritten?"
    case .gzipEndsEarly(let bytes):
      "the compressed data stop early, after \(bytes) inflated bytes; was the copy cut short?"
    case .gzipDamaged(let bytes):
      "the compressed data are damaged after \(bytes) inflated bytes; copy the file again"
    case .gzipChecksum:
      "the inflated bytes do not match the file's own checksum; copy the file again"
    case .programMissing: "there is no such program on the search path; is it installed?"
    case .programKilled(let signal):
      "the program was ended by signal \(signal); was memory or time short?"
    case .outOfMemory: "there was not enough memory; try fewer at a time"
    }
  }
}

extension FileError.Operation {
  fileprivate func refusal(_ words: String) -> String {
    switch self {
    case .read: "this cannot be read (\(words)); check its permissions"
    case .write: "this cannot be written (\(words)); check the space and the permissions there"
    case .makeFolder: "this folder cannot be made (\(words)); check the permissions above it"
    case .start: "this program cannot be started (\(words)); check its permissions"
    }
  }
}
