import Files

/// A table in a text file: a header line, then one row a line.
///
/// Cells are kept as they stand, without the white space around them; what `n/a` or an empty cell means
/// is for the reader of the column to say. A byte order mark and either kind of line end are accepted.
/// Two columns of one name are kept apart as `name [column 5]` and `name [column 6]` and noted, so that
/// neither is taken for the other; where their cells are equal throughout, one is kept.
public struct Table: Equatable, Sendable {
  /// What stands between the cells of a row.
  public enum Separator: Sendable {
    /// Tab, comma or semicolon, whichever the header has first in this order.
    case automatic

    /// A tab.
    case tab

    /// A comma; cells may stand in double quotes.
    case comma

    /// A semicolon; cells may stand in double quotes.
    case semicolon
  }

  /// The file.
  public let path: String

  /// The names of the columns.
  public private(set) var columns: [String]

  /// The cells of every row, one for each column.
  public private(set) var rows: [[String]]

  /// The line each row starts on, counted from 1, the header's line being 1.
  public let lineNumbers: [Int]

  /// What was noticed about its form.
  public private(set) var notices: [TableNotice]

  /// What was noticed, in sentences.
  public var notes: [String] { notices.map { $0.sentence(in: path) } }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - separator: What stands between the cells of a row.
  /// - Throws: ``BIDSError`` where the file cannot be read, has no header, is separated by spaces, or a
  ///   row has too few or too many cells.
  public init(path: String, separator: Separator = .automatic) throws(BIDSError) {
    try self.init(bytes: try utf8(of: path), path: path, separator: separator)
  }

  /// Reads a table from its text.
  ///
  /// - Parameters:
  ///   - text: The text of the whole file.
  ///   - path: The file, for messages.
  ///   - separator: What stands between the cells of a row.
  /// - Throws: ``BIDSError`` as for a file.
  public init(text: String, path: String, separator: Separator = .automatic) throws(BIDSError) {
    try self.init(bytes: Array(text.utf8), path: path, separator: separator)
  }

  private init(bytes: [UInt8], path: String, separator: Separator) throws(BIDSError) {
    let reader = TableReader(path: path, bytes: bytes, separator: separator)
    var lines = try reader.lines()
    while let last = lines.last, last.cells == [""] { lines.removeLast() }
    guard let header = lines.first, header.cells != [""] else {
      throw BIDSError(path: path, reason: .emptyTable)
    }
    if header.cells.count == 1, header.cells[0].contains(where: { $0 == " " }) {
      throw BIDSError(path: path, reason: .spacesForTabs)
    }
    for line in lines where line.cells.count != header.cells.count {
      throw BIDSError(
        path: path,
        reason: .ragged(
          line: line.number,
          cells: line.cells.count,
          columns: header.cells.count
        )
      )
    }
    self.path = path
    columns = header.cells
    rows = lines.dropFirst().map(\.cells)
    lineNumbers = lines.dropFirst().map(\.number)
    notices = reader.notices
    separateDuplicateColumns()
  }

  /// Returns the cells of a column, or `nil` where there is no such column.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One cell per row.
  public func column(_ name: String) -> [String]? {
    columns.firstIndex(of: name).map { place in rows.map { $0[place] } }
  }

  /// Returns the cells of a column that must be there.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One cell per row.
  /// - Throws: ``BIDSError`` that lists the columns there are.
  public func requiredColumn(_ name: String) throws(BIDSError) -> [String] {
    guard let cells = column(name) else {
      throw BIDSError(path: path, reason: .missingColumn(name, existing: columns))
    }
    return cells
  }
}

extension Table {
  /// Drops a column that repeats another cell by cell, and tells apart those that do not.
  private mutating func separateDuplicateColumns() {
    for name in Set(columns).sorted() {
      let places = columns.indices.filter { columns[$0] == name }
      guard let first = places.first, places.count > 1 else { continue }
      let numbers = places.map { String($0 + 1) }.joined(separator: " and ")
      if places.allSatisfy({ place in rows.allSatisfy { $0[place] == $0[first] } }) {
        for place in places.dropFirst().reversed() {
          columns.remove(at: place)
          for row in rows.indices { rows[row].remove(at: place) }
        }
        notices.append(
          TableNotice(
            .repeatedColumn,
            line: 1,
            "columns \(numbers) are both named \(name) and equal; one was kept"
          )
        )
      } else {
        for place in places { columns[place] = "\(name) [column \(place + 1)]" }
        notices.append(
          TableNotice(
            .ambiguousColumn,
            line: 1,
            "columns \(numbers) are both named \(name) and differ; their names were numbered"
          )
        )
      }
    }
  }
}

/// Reads the bytes of a file of text, a byte order mark included.
private func utf8(of path: String) throws(BIDSError) -> [UInt8] {
  do throws(FileError) {
    let bytes = try readBytes(path)
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      throw FileError(path: path, reason: .notText)
    }
    return bytes
  } catch {
    throw BIDSError(error)
  }
}
