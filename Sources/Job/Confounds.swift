/// Which columns of a run's table of confounds are taken out.
public enum Confounds: Equatable, Sendable {
  /// None.
  case none

  /// The six motion parameters.
  case motion6

  /// The six, their backward differences, and the squares of all twelve.
  case motion24

  /// The 24, and the first components of noise in white matter and cerebrospinal fluid together.
  case motion24Components(Int)

  /// The 24, the mean signals of cerebrospinal fluid, white matter and the whole brain, their backward
  /// differences, and the squares of all six.
  case signals36

  /// Columns by name; `*` stands for any letters, `?` for one.
  case columns([String])
}

extension Confounds {
  /// What a word for the 24 with components starts with.
  private static let componentsPrefix = "24p+acompcor"

  /// Creates the preset that a word means: `none`, `6p`, `24p`, `24p+acompcor5` or `36p`; `nil` for others.
  ///
  /// - Parameter word: The word.
  public init?(word: String) {
    switch word {
    case "none": self = .none
    case "6p": self = .motion6
    case "24p": self = .motion24
    case "36p": self = .signals36
    default:
      guard word.hasPrefix(Self.componentsPrefix),
        let count = Int(word.dropFirst(Self.componentsPrefix.count)), 1...100 ~= count
      else { return nil }
      self = .motion24Components(count)
    }
  }

  /// The word for a preset; `nil` where columns are named.
  public var word: String? {
    switch self {
    case .none: "none"
    case .motion6: "6p"
    case .motion24: "24p"
    case .motion24Components(let count): Self.componentsPrefix + "\(count)"
    case .signals36: "36p"
    case .columns: nil
    }
  }

  /// Whether the signals of tissues are needed, which only a program that knows the anatomy measures.
  public var needsTissues: Bool {
    switch self {
    case .none, .motion6, .motion24, .columns: false
    case .motion24Components, .signals36: true
    }
  }
}

extension Confounds: Codable {
  private enum CodingKeys: String, CodingKey { case columns }

  /// Reads a preset's word, or `{"columns": ["trans_*", "csf"]}`.
  ///
  /// - Parameter decoder: What to read from.
  /// - Throws: `DecodingError` where it is neither.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      guard let preset = Confounds(word: word) else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath,
            debugDescription:
              "one of none, 6p, 24p, 24p+acompcor5, 36p, or columns with their names"
          )
        )
      }
      self = preset
    } else {
      let named = try decoder.container(keyedBy: CodingKeys.self)
      self = .columns(try named.decode([String].self, forKey: .columns))
    }
  }

  /// Writes the form that is read.
  ///
  /// - Parameter encoder: What to write to.
  /// - Throws: What stands in the encoder's way.
  public func encode(to encoder: any Encoder) throws {
    if case .columns(let names) = self {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(names, forKey: .columns)
    } else {
      var container = encoder.singleValueContainer()
      try container.encode(word)
    }
  }
}
