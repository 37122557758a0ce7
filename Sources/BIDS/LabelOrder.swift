/// Returns whether one label stands before another where digits count as numbers.
///
/// - Parameters:
///   - left: A label, such as `2`.
///   - right: A label, such as `10`.
/// - Returns: `true` where `left` stands first; labels of equal numbers are ordered as text.
public func labelPrecedes(_ left: String, _ right: String) -> Bool {
  let (a, b) = (pieces(of: left), pieces(of: right))
  for (first, second) in zip(a, b) where first != second {
    switch (first, second) {
    case (.digits(let x), .digits(let y)):
      return x.count == y.count ? x.lexicographicallyPrecedes(y) : x.count < y.count
    case (.letters(let x), .letters(let y)): return x.lexicographicallyPrecedes(y)
    case (.digits, .letters): return true
    case (.letters, .digits): return false
    }
  }
  return a.count == b.count ? left < right : a.count < b.count
}

/// A stretch of a label that is all digits or all something else.
private enum Piece: Equatable {
  case digits([UInt8])
  case letters([UInt8])
}

private func pieces(of label: String) -> [Piece] {
  var result: [Piece] = []
  var rest = Array(label.utf8)[...]
  while let first = rest.first {
    let isDigit = isASCIIDigit(first)
    let piece = rest.prefix { isASCIIDigit($0) == isDigit }
    rest = rest.dropFirst(piece.count)
    result.append(isDigit ? .digits(Array(piece.drop { $0 == 0x30 })) : .letters(Array(piece)))
  }
  return result
}

private func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
