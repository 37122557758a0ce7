/// Cuts the text of a table into lines and cells.
struct TableReader {
  /// One row with the line it starts on.
  struct Line {
    let number: Int
    let cells: [String]
  }

  private let path: String
  private let bytes: [UInt8]
  private let separator: UInt8
  private let allowsQuotes: Bool

  /// What was noticed about the bytes: what is left out of them changes no cell.
  let notices: [TableNotice]

  init(path: String, bytes: [UInt8], separator: Table.Separator) {
    self.path = path
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.bytes = hasMark ? Array(bytes.dropFirst(3)) : bytes
    notices =
      (hasMark
        ? [TableNotice(.byteOrderMark, line: 1, "the file starts with a byte order mark, left out")]
        : [])
      + (bytes.contains(0x0D)
        ? [TableNotice(.carriageReturns, line: 1, "lines end in carriage returns, left out")] : [])
    self.separator =
      switch separator {
      case .tab: UInt8(ascii: "\t")
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .automatic: Self.guess(from: self.bytes)
      }
    allowsQuotes = self.separator != UInt8(ascii: "\t")
  }

  private static func guess(from bytes: [UInt8]) -> UInt8 {
    let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let candidates = [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
    return candidates.first(where: header.contains) ?? candidates[0]
  }

  /// Every line with its cells; empty lines at the end included, those between rows left out.
  func lines() throws(BIDSError) -> [Line] {
    var lines: [Line] = []
    var (position, number) = (0, 1)
    while position < bytes.count {
      let start = number
      var cells: [String] = []
      repeat { cells.append(try cell(&position, &number)) } while take(separator, &position)
      _ = take(0x0D, &position)
      _ = take(0x0A, &position)
      if cells != [""] || lines.isEmpty { lines.append(Line(number: start, cells: cells)) }
      number += 1
    }
    return lines
  }

  private func take(_ byte: UInt8, _ position: inout Int) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private func cell(_ position: inout Int, _ number: inout Int) throws(BIDSError) -> String {
    if allowsQuotes, take(UInt8(ascii: "\""), &position) { return try quoted(&position, &number) }
    let rest = bytes[position...]
    let cell = rest.prefix { $0 != separator && $0 != 0x0A && $0 != 0x0D }
    position += cell.count
    return trimmed(cell)
  }

  private func quoted(_ position: inout Int, _ number: inout Int) throws(BIDSError) -> String {
    let line = number
    var cell: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard take(byte, &position) else {
          // Whatever stands between the closing quote and the separator belongs to the cell.
          let tail = bytes[position...].prefix { $0 != separator && $0 != 0x0A && $0 != 0x0D }
          position += tail.count
          return trimmed((cell + tail)[...])
        }
      } else if byte == 0x0A {
        number += 1
      }
      cell.append(byte)
    }
    throw BIDSError(path: path, reason: .openQuote(line: line))
  }

  private func trimmed(_ cell: ArraySlice<UInt8>) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var cell = cell.drop(while: isSpace)
    while let last = cell.last, isSpace(last) { cell.removeLast() }
    return String(decoding: cell, as: UTF8.self)
  }
}
