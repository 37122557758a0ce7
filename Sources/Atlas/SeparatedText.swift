/// A table of text with one heading per column, separated by tabs or by commas with quotes.
struct SeparatedText {
  /// The headings, as they stand in the first line.
  let columns: [String]

  /// The rows that are not empty, with the line each begins on, counted from 1.
  let rows: [(line: Int, cells: [String])]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - text: The text; lines may end in CR LF.
  ///   - separator: What stands between cells. Quotes are understood where it is a comma.
  init(_ text: String, separator: Character) {
    let all = Self.split(text, separator: separator, quoted: separator == ",")
      .filter { $0.cells != [""] }
    columns = all.first?.cells ?? []
    rows = Array(all.dropFirst())
  }

  /// Returns where a column stands, whatever the case of its heading.
  ///
  /// - Parameter names: The headings it may have, best first.
  /// - Returns: Its place, or `nil` where there is none.
  func place(of names: String...) -> Int? {
    let lower = columns.map { $0.lowercased() }
    return names.lazy.compactMap { lower.firstIndex(of: $0.lowercased()) }.first
  }

  private static func split(
    _ text: String,
    separator: Character,
    quoted: Bool
  ) -> [(line: Int, cells: [String])] {
    let bytes = Array(text.utf8)
    var rows: [(line: Int, cells: [String])] = []
    var (cells, cell, line, start) = ([String](), [UInt8](), 1, 1)
    var (inQuotes, place) = (false, 0)
    func endCell() {
      cells.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    while place < bytes.count {
      let byte = bytes[place]
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      place += 1
      if quoted, byte == Mark.quote, inQuotes, next == Mark.quote {
        cell.append(byte)
        place += 1
      } else if quoted, byte == Mark.quote {
        inQuotes.toggle()
      } else if inQuotes {
        if byte == Mark.lineFeed { line += 1 }
        cell.append(byte)
      } else if byte == Mark.lineFeed || byte == Mark.carriageReturn {
        if byte == Mark.carriageReturn, next == Mark.lineFeed { place += 1 }
        endCell()
        rows.append((start, cells))
        line += 1
        (cells, start) = ([], line)
      } else if byte == separator.asciiValue {
        endCell()
      } else {
        cell.append(byte)
      }
    }
    if !cells.isEmpty || !cell.isEmpty {
      endCell()
      rows.append((start, cells))
    }
    return rows
  }
}

/// The bytes that structure a table.
private enum Mark {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}

/// Returns a cell as a table separated by commas needs it.
///
/// - Parameter text: The cell's text.
/// - Returns: The text, in quotes where it holds a comma, a quote or a line's end.
func quoted(_ text: String) -> String {
  guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
  return "\""
    + text.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"") + "\""
}
