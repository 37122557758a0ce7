// How the choices of a model are written: a plain word, or a word with what it needs.

/// A key that is whatever stands in the file.
private struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ text: String) {
    (stringValue, intValue) = (text, nil)
  }

  init?(stringValue: String) {
    self.init(stringValue)
  }

  init?(intValue: Int) {
    nil
  }
}

extension Hemodynamics {
  private static let words: [(String, Hemodynamics)] = [
    ("spm", .spm),
    ("spm+derivative", .spmDerivative),
    ("spm+derivative+dispersion", .spmDerivativeDispersion),
    ("glover", .glover),
    ("glover+derivative", .gloverDerivative),
    ("glover+derivative+dispersion", .gloverDerivativeDispersion),
  ]

  /// Creates the response that a word means: `spm`, `spm+derivative`, `glover`, ...; `nil` for others.
  ///
  /// - Parameter word: The word, with or without spaces around the plus signs.
  public init?(word: String) {
    let bare = word.filter { $0 != " " }
    guard let found = Self.words.first(where: { $0.0 == bare }) else { return nil }
    self = found.1
  }

  /// Reads a word such as `"glover+derivative"`, or `{"finiteImpulseResponse": {"delays": [0, 1]}}`.
  ///
  /// - Parameter decoder: What to read from.
  /// - Throws: `DecodingError` where it is neither.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      guard let response = Hemodynamics(word: word) else {
        throw corrupted(decoder, Self.words.map(\.0), or: "finiteImpulseResponse with delays")
      }
      self = response
      return
    }
    let inner = try decoder.container(keyedBy: AnyKey.self)
      .nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("finiteImpulseResponse"))
    self = .finiteImpulseResponse(delays: try inner.decode([Int].self, forKey: AnyKey("delays")))
  }

  /// Writes the form that is read.
  ///
  /// - Parameter encoder: What to write to.
  /// - Throws: What stands in the encoder's way.
  public func encode(to encoder: any Encoder) throws {
    if let word = Self.words.first(where: { $0.1 == self })?.0 {
      var container = encoder.singleValueContainer()
      try container.encode(word)
    } else if case .finiteImpulseResponse(let delays) = self {
      var outer = encoder.container(keyedBy: AnyKey.self)
      var inner = outer.nestedContainer(
        keyedBy: AnyKey.self,
        forKey: AnyKey("finiteImpulseResponse")
      )
      try inner.encode(delays, forKey: AnyKey("delays"))
    }
  }
}

extension Drift {
  /// Reads `"none"`, `{"cosine": {"cutoff": 128}}` or `{"polynomial": {"order": 2}}`.
  ///
  /// - Parameter decoder: What to read from.
  /// - Throws: `DecodingError` where it is none of them.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      guard word == "none" else {
        throw corrupted(decoder, ["none"], or: "cosine with a cutoff, polynomial with an order")
      }
      self = .none
      return
    }
    let outer = try decoder.container(keyedBy: AnyKey.self)
    if outer.contains(AnyKey("polynomial")) {
      let inner = try outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("polynomial"))
      self = .polynomial(order: try inner.decode(Int.self, forKey: AnyKey("order")))
    } else {
      let inner = try outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("cosine"))
      self = .cosine(cutoff: try inner.decode(Double.self, forKey: AnyKey("cutoff")))
    }
  }

  /// Writes the form that is read.
  ///
  /// - Parameter encoder: What to write to.
  /// - Throws: What stands in the encoder's way.
  public func encode(to encoder: any Encoder) throws {
    if case .none = self {
      var container = encoder.singleValueContainer()
      try container.encode("none")
      return
    }
    var outer = encoder.container(keyedBy: AnyKey.self)
    switch self {
    case .none: break
    case .cosine(let cutoff):
      var inner = outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("cosine"))
      try inner.encode(cutoff, forKey: AnyKey("cutoff"))
    case .polynomial(let order):
      var inner = outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("polynomial"))
      try inner.encode(order, forKey: AnyKey("order"))
    }
  }
}

private func corrupted(_ decoder: any Decoder, _ words: [String], or more: String) -> DecodingError
{
  DecodingError.dataCorrupted(
    DecodingError.Context(
      codingPath: decoder.codingPath,
      debugDescription: "one of \(words.joined(separator: ", ")), or \(more)"
    )
  )
}
