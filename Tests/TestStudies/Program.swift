public import Files
import FoundationEssentials

/// The built program, run as a person runs it.
public enum Program {
  /// How a call ended.
  public struct Outcome: Sendable {
    /// The exit code.
    public let code: Int32

    /// All it said, on standard output and standard error.
    public let words: String

    /// The lines of what it said.
    public var lines: [String] { words.split(separator: "\n").map(String.init) }

    /// Whether the words hold all of some pieces, and nothing that only a programmer understands.
    ///
    /// - Parameter pieces: What a person must be told.
    /// - Returns: Whether all are there.
    public func says(_ pieces: String...) -> Bool {
      pieces.allSatisfy { words.contains($0) } && !words.contains("Error Domain")
        && !words.contains("Fatal error")
    }
  }

  /// The program that was built with the tests: it lies beside what runs them.
  public static let path: String = {
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return (tests.map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) } ?? ".")
      + "/nocinet"
  }()

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: What is asked of it.
  ///   - program: The program; the one that was built with the tests where none is named.
  ///   - environment: Variables that are set for it.
  ///   - folder: Where its words are kept, outside of what is tested.
  /// - Returns: How it ended.
  /// - Throws: `FileError` where a signal ended it: a crash is no refusal.
  public static func run(
    _ arguments: [String],
    program: String = path,
    environment: [String: String] = [:],
    wordsIn folder: String
  ) throws(FileError) -> Outcome {
    let log = "\(folder)/words-\(UUID().uuidString).txt"
    let code = try Files.run(
      program,
      arguments: arguments,
      environment: environment,
      log: log
    )
    return Outcome(code: code, words: try readText(log))
  }
}
