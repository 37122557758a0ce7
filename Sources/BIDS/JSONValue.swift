/// A value of a JSON text.
public enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null

  /// `true` or `false`.
  case bool(Bool)

  /// A number.
  case number(Double)

  /// A text.
  case string(String)

  /// A list.
  case array([JSONValue])

  /// Values by key.
  case object([String: JSONValue])

  /// Where and why a text is no JSON.
  public struct SyntaxError: Error, Equatable {
    /// The line, counted from 1.
    public let line: Int

    /// The byte of the line, counted from 1.
    public let column: Int

    /// What was expected or found.
    public let problem: String
  }

  /// Reads a JSON text.
  ///
  /// - Parameter text: The whole text; white space around the value is allowed.
  /// - Throws: ``SyntaxError`` with the line and column.
  public init(parsing text: String) throws(SyntaxError) {
    var parser = JSONParser(Array(text.utf8))
    self = try parser.document()
  }
}
