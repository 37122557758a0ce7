/// How many volumes are left out at the start of a run.
public enum DummyScans: Equatable, Sendable {
  /// As many as stated.
  case count(Int)

  /// As many as are brighter than the run, before it is steady; looked for in each run.
  case automatic

  /// The stated number; 0 where it is looked for.
  public var statedCount: Int {
    switch self {
    case .count(let count): count
    case .automatic: 0
    }
  }
}

extension DummyScans: ExpressibleByIntegerLiteral {
  /// Creates a stated number.
  public init(integerLiteral count: Int) { self = .count(count) }
}

extension DummyScans: Codable {
  /// What stands for ``automatic``.
  private static let word = "auto"

  /// Reads a whole number or the word `auto`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let word = try? container.decode(String.self) {
      guard word == Self.word else {
        throw DecodingError.dataCorruptedError(
          in: container,
          debugDescription: "a whole number from 0 on, or \"\(Self.word)\""
        )
      }
      self = .automatic
    } else {
      self = .count(try container.decode(Int.self))
    }
  }

  /// Writes a whole number or the word `auto`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .count(let count): try container.encode(count)
    case .automatic: try container.encode(Self.word)
    }
  }
}

extension DummyScans {
  /// Reads a whole number from 0 on or the word `auto`; `nil` is anything else.
  ///
  /// - Parameter text: The text.
  public init?(_ text: String) {
    if text == Self.word {
      self = .automatic
    } else if let count = Int(text), count >= 0 {
      self = .count(count)
    } else {
      return nil
    }
  }
}
