/// A name, or a pattern of names as shells write them.
///
/// `*` stands for any characters, `?` for one, `[abc]` for one of these and `[!abc]` for one of the
/// others; without any of these signs the pattern is a plain name.
public struct NamePattern: Hashable, Sendable {
  /// The pattern as it was written.
  public let text: String

  private let pieces: [Piece]

  private enum Piece: Hashable {
    case one(Character)
    case any
    case many
    case among(Set<Character>, isExcluded: Bool)
  }

  /// Reads a pattern.
  ///
  /// - Parameter text: The name or pattern.
  public init(_ text: String) {
    self.text = text
    var pieces: [Piece] = []
    var rest = Array(text)[...]
    while let sign = rest.popFirst() {
      switch sign {
      case "*": pieces.append(.many)
      case "?": pieces.append(.any)
      case "[": pieces.append(NamePattern.set(&rest) ?? .one("["))
      default: pieces.append(.one(sign))
      }
    }
    self.pieces = pieces
  }

  /// Whether it is no plain name.
  public var hasWildcards: Bool {
    pieces.contains { if case .one = $0 { false } else { true } }
  }

  /// Whether a name is of this pattern.
  ///
  /// - Parameter name: The name.
  /// - Returns: `true` where it is.
  /// - Complexity: O(*name* · *pattern*).
  public func matches(_ name: String) -> Bool {
    // Which numbers of leading pieces can account for what has been read so far.
    var reached = [Bool](repeating: false, count: pieces.count + 1)
    reached[0] = true
    skipMany(&reached)
    for character in name {
      var next = [Bool](repeating: false, count: pieces.count + 1)
      for (place, piece) in pieces.enumerated() where reached[place] {
        switch piece {
        case .many: next[place] = true
        case .any: next[place + 1] = true
        case .one(let expected): next[place + 1] = next[place + 1] || character == expected
        case .among(let set, let isExcluded):
          next[place + 1] = next[place + 1] || set.contains(character) != isExcluded
        }
      }
      skipMany(&next)
      reached = next
    }
    return reached[pieces.count]
  }

  /// Lets every `*` that is reached stand for nothing.
  private func skipMany(_ reached: inout [Bool]) {
    for (place, piece) in pieces.enumerated() where reached[place] && piece == .many {
      reached[place + 1] = true
    }
  }

  /// Reads what follows an opening bracket; `nil` where the bracket is not closed.
  private static func set(_ rest: inout ArraySlice<Character>) -> Piece? {
    var inner = rest
    let isExcluded = inner.first == "!"
    if isExcluded { inner = inner.dropFirst() }
    guard let end = inner.dropFirst().firstIndex(of: "]") else { return nil }
    let members = Array(inner[..<end])
    rest = rest[(end + 1)...]
    var set: Set<Character> = []
    var place = 0
    while place < members.count {
      if place + 2 < members.count, members[place + 1] == "-",
        let low = members[place].unicodeScalars.first?.value,
        let high = members[place + 2].unicodeScalars.first?.value, low <= high, high - low < 0x1000
      {
        for code in low...high {
          if let scalar = Unicode.Scalar(code) { set.insert(Character(scalar)) }
        }
        place += 3
      } else {
        set.insert(members[place])
        place += 1
      }
    }
    return .among(set, isExcluded: isExcluded)
  }
}
