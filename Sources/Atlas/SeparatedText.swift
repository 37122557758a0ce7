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
    var rows: [(line: Int, cells: [String])] = []
    var (cells, cell, line, start, inQuotes) = ([String](), "", 1, 1, false)
    var characters = Array(text)[...]
    while let next = characters.popFirst() {
      if quoted, next == "\"" {
        if inQuotes, characters.first == "\"" {
          cell.append(characters.removeFirst())
        } else {
          inQuotes.toggle()
        }
      } else if next.isNewline {
        line += 1
        if inQuotes {
          cell.append(next)
        } else {
          rows.append((start, cells + [cell]))
          (cells, cell, start) = ([], "", line)
        }
      } else if next == separator, !inQuotes {
        cells.append(cell)
        cell = ""
      } else {
        cell.append(next)
      }
    }
    if !cells.isEmpty || !cell.isEmpty { rows.append((start, cells + [cell])) }
    return rows
  }
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
