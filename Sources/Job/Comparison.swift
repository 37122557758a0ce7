/// A question to a cohort: one level of a phenotype column against another.
///
/// Written `group:FM-HC`, which asks for FM minus HC. A name that holds a hyphen, a colon or a quote stands
/// in quotes: `group:"pre-op"-"post-op"`. A quote within quotes is doubled.
public struct Comparison: Codable, Equatable, Sendable {
  /// The column of the phenotype table that says who belongs to which group.
  public var column: String

  /// The level whose mean counts positively.
  public var first: String

  /// The level whose mean is subtracted.
  public var second: String

  /// Numeric columns of the phenotype table whose effect is taken out.
  public var covariates: [String]

  /// Creates a comparison.
  ///
  /// - Parameters:
  ///   - column: The column that says who belongs to which group.
  ///   - first: The level whose mean counts positively.
  ///   - second: The level whose mean is subtracted.
  ///   - covariates: Numeric columns whose effect is taken out.
  public init(column: String, first: String, second: String, covariates: [String] = []) {
    (self.column, self.first, self.second) = (column, first, second)
    self.covariates = covariates
  }

  /// Reads a comparison from the form in which people write it.
  ///
  /// - Parameters:
  ///   - text: Such as `group:FM-HC`.
  ///   - covariates: Numeric columns whose effect is taken out.
  /// - Throws: ``ComparisonError`` where it is not of that form.
  public init(_ text: String, covariates: [String] = []) throws(ComparisonError) {
    var reader = ComparisonReader(text)
    column = try reader.name(endingAt: ":")
    first = try reader.name(endingAt: "-")
    second = try reader.name(endingAt: nil)
    guard first != second else { throw ComparisonError(text: text, reason: .sameLevel(first)) }
    for (index, covariate) in covariates.enumerated() {
      guard !covariate.isEmpty, covariate != column, !covariates[..<index].contains(covariate)
      else { throw ComparisonError(text: text, reason: .covariate(covariate)) }
    }
    self.covariates = covariates
  }

  /// The comparison in the form that is read, with quotes only where they are needed.
  public var text: String {
    func quoted(_ name: String) -> String {
      let needsQuotes = name.contains { "-:\"'".contains($0) }
      return needsQuotes ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
    }
    return "\(quoted(column)):\(quoted(first))-\(quoted(second))"
  }
}

/// A comparison that cannot be read, and why.
public struct ComparisonError: Error, Equatable {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// A name is empty where one was expected.
    case emptyName

    /// The colon after the column, or the hyphen between the levels, is not there.
    case missing(Character)

    /// There is a second colon or hyphen, so that it is open where one name ends.
    case ambiguous(Character)

    /// A quote is not closed.
    case openQuote

    /// Something stands between a closing quote and the next sign.
    case afterQuote(String)

    /// Both levels are the same.
    case sameLevel(String)

    /// A covariate is empty, stands there twice, or is the column compared.
    case covariate(String)
  }

  /// What was written.
  public let text: String

  /// What is wrong with it.
  public let reason: Reason
}

extension ComparisonError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    let example = "write it as in group:FM-HC"
    let quotes = "put names that hold one in quotes, as in 'group:\"pre-op\"-\"post-op\"'"
    return switch reason {
    case .emptyName: "\(text): a name is empty; \(example)"
    case .missing(":"): "\(text): there is no colon after the column; \(example)"
    case .missing(let sign): "\(text): there is no \(sign) between the two groups; \(example)"
    case .ambiguous(let sign): "\(text): there is more than one \(sign); \(quotes)"
    case .openQuote: "\(text): a quote is not closed; \(quotes)"
    case .afterQuote(let rest): "\(text): \(rest) follows a closing quote; \(example)"
    case .sameLevel(let level): "\(text): \(level) is compared with itself; name two groups"
    case .covariate(let name):
      "\(text): the covariate \"\(name)\" is empty, doubled or the compared column; name another"
    }
  }
}

/// Takes one name after the other from a written comparison.
private struct ComparisonReader {
  private let text: String
  private var rest: Substring

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  /// Takes a name and the sign behind it; `nil` stands for the end of the text.
  mutating func name(endingAt sign: Character?) throws(ComparisonError) -> String {
    rest = rest.drop(while: \.isWhitespace)
    if let quote = rest.first, quote == "\"" || quote == "'" {
      return try quotedName(quote, endingAt: sign)
    }
    let name = rest.prefix { sign == nil ? $0 != "-" && $0 != ":" : $0 != sign }
    rest = rest.dropFirst(name.count)
    try take(sign)
    if name.contains(":") { throw error(.ambiguous(":")) }
    return try checked(name)
  }

  private mutating func quotedName(
    _ quote: Character,
    endingAt sign: Character?
  ) throws(ComparisonError) -> String {
    rest = rest.dropFirst()
    var name = ""
    while true {
      name += rest.prefix { $0 != quote }
      rest = rest.drop { $0 != quote }
      guard !rest.isEmpty else { throw error(.openQuote) }
      rest = rest.dropFirst()
      guard rest.first == quote else { break }
      name.append(quote)
      rest = rest.dropFirst()
    }
    rest = rest.drop(while: \.isWhitespace)
    if let next = rest.first, next != sign { throw error(.afterQuote(String(rest))) }
    try take(sign)
    return try checked(name[...])
  }

  private mutating func take(_ sign: Character?) throws(ComparisonError) {
    guard let sign else {
      if let extra = rest.first { throw error(.ambiguous(extra)) }
      return
    }
    guard rest.first == sign else { throw error(.missing(sign)) }
    rest = rest.dropFirst()
  }

  private func checked(_ name: Substring) throws(ComparisonError) -> String {
    var name = name.drop(while: \.isWhitespace)
    while let last = name.last, last.isWhitespace { name.removeLast() }
    guard !name.isEmpty else { throw error(.emptyName) }
    return String(name)
  }

  private func error(_ reason: ComparisonError.Reason) -> ComparisonError {
    ComparisonError(text: text, reason: reason)
  }
}
