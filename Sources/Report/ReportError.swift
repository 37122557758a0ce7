/// A report that cannot be made, and why.
public struct ReportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// The template cannot be read by the template engine.
    case unreadableTemplate(String)

    /// An image cannot be compressed.
    case compression(String)
  }

  /// The part of the report that failed.
  public let part: String

  /// What is wrong.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - part: The part of the report that failed.
  ///   - reason: What is wrong.
  public init(part: String, reason: Reason) {
    self.part = part
    self.reason = reason
  }

  /// One sentence: which part, what is wrong.
  public var description: String {
    switch reason {
    case .unreadableTemplate(let detail):
      "report template \(part): it cannot be read (\(detail)); was the program built from changed "
        + "templates?"
    case .compression(let detail):
      "report picture \(part): it cannot be compressed (\(detail)); is memory short?"
    }
  }
}
