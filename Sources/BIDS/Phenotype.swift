/// What is known of the participants beside their images: one or several tables of a row per participant.
public struct Phenotype: Equatable, Sendable {
  /// What stands in a cell, and where.
  private struct Cell: Equatable, Sendable {
    let text: String
    let path: String
    let line: Int

    func refusal(of column: String, expected: String) -> BIDSError {
      BIDSError(
        path: path,
        reason: .badCell(line: line, column: column, text: text, expected: expected)
      )
    }
  }

  /// The files, in the order in which they were joined.
  public private(set) var paths: [String]

  /// The names of the columns but that of the labels, in the order in which files have them.
  public private(set) var columns: [String]

  /// The labels of the participants, without `sub-`, in the files' order.
  public private(set) var participants: [String]

  /// What was noticed, in sentences.
  public private(set) var notes: [String]

  /// The cells that hold something, by participant and column.
  private var cells: [String: [String: Cell]] = [:]

  /// Reads a table of participants.
  ///
  /// - Parameters:
  ///   - path: The file, separated by tabs, commas or semicolons.
  ///   - idColumn: The column of the labels; found where none is named, see ``IDColumn``.
  ///   - known: The labels that a column of labels should hold, without `sub-`.
  /// - Throws: ``BIDSError`` where it is no table, has no column of labels, or names a participant twice
  ///   or not at all.
  public init(
    path: String,
    idColumn: String? = nil,
    known: [String] = []
  ) throws(BIDSError) {
    try self.init(try Table(path: path), idColumn: idColumn, known: known)
  }

  /// Takes a table as one of participants.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - idColumn: The column of the labels.
  ///   - known: The labels that a column of labels should hold.
  /// - Throws: ``BIDSError`` as for a file.
  public init(
    _ table: Table,
    idColumn: String? = nil,
    known: [String] = []
  ) throws(BIDSError) {
    let found = try IDColumn(of: table, named: idColumn, known: known)
    (paths, notes) = ([table.path], table.notes + found.notes)
    (columns, participants) = (table.columns.filter { $0 != found.name }, [])
    let labels = try table.requiredColumn(found.name)
    for (row, cell) in labels.enumerated() {
      let line = table.lineNumbers[row]
      if table.rows[row].allSatisfy(isUnknown) { continue }
      let label = Entity.subject.bareLabel(cell)
      guard !isUnknown(label) else {
        let reason = BIDSError.Reason.badCell(
          line: line,
          column: found.name,
          text: cell,
          expected: "a participant's label"
        )
        throw BIDSError(path: table.path, reason: reason)
      }
      guard cells[label] == nil else {
        let lines = labels.indices.filter { Entity.subject.bareLabel(labels[$0]) == label }
        throw BIDSError(
          path: table.path,
          reason: .duplicateParticipant(label, lines: lines.map { table.lineNumbers[$0] })
        )
      }
      participants.append(label)
      cells[label] = [:]
      for (column, text) in zip(table.columns, table.rows[row])
      where column != found.name && !isUnknown(text) {
        cells[label]?[column] = Cell(text: text, path: table.path, line: line)
      }
    }
    notes += Self.unmatched(participants, known: known, path: table.path)
  }

  /// Joins several tables: every participant and every column of any of them.
  ///
  /// - Parameter tables: The tables, at least one.
  /// - Throws: ``BIDSError`` where two state different things of a participant under one name.
  public init(joining tables: [Phenotype]) throws(BIDSError) {
    (paths, columns, participants, notes) = ([], [], [], [])
    for table in tables {
      paths += table.paths
      notes += table.notes
      columns += table.columns.filter { !columns.contains($0) }
      for label in table.participants {
        if cells[label] == nil { participants.append(label) }
        var own = cells[label] ?? [:]
        for (column, cell) in (table.cells[label] ?? [:]).sorted(by: { $0.key < $1.key }) {
          if let other = own[column], !Self.agree(other.text, cell.text) {
            let reason = BIDSError.Reason.phenotypeConflict(
              participant: label,
              column: column,
              says: cell.text,
              line: cell.line,
              other: "\(other.path):\(other.line) says \"\(other.text)\""
            )
            throw BIDSError(path: cell.path, reason: reason)
          }
          own[column] = own[column] ?? cell
        }
        cells[label] = own
      }
    }
  }

  /// Whether two cells say the same: as text, or as numbers.
  private static func agree(_ first: String, _ second: String) -> Bool {
    if first == second { return true }
    guard let one = cellNumber(first), let other = cellNumber(second) else { return false }
    return one == other
  }

  /// Names rows of nobody in the dataset; a spreadsheet drops the zeros in front of a number.
  private static func unmatched(
    _ labels: [String],
    known: [String],
    path: String
  ) -> [String] {
    let strangers = labels.filter { !known.contains($0) }
    guard !known.isEmpty, !strangers.isEmpty else { return [] }
    let listed =
      strangers.prefix(10).joined(separator: ", ") + (strangers.count > 10 ? ", ..." : "")
    let note =
      "\(path): \(strangers.count) of \(labels.count) rows are of nobody in the dataset: \(listed)"
    let shortened = strangers.compactMap { stranger in
      known.first { $0.drop { $0 == "0" } == stranger[...] }
    }
    guard let example = shortened.first else { return [note] }
    return [note + "; did a spreadsheet drop the zeros in front, as of \(example)?"]
  }
}

extension Phenotype {
  /// What kind of values a column holds.
  public enum Kind: Equatable, Sendable {
    /// Numbers.
    case numbers

    /// Names of groups or the like; sorted, each once.
    case levels([String])
  }

  /// Returns the kind of a column: numbers where every cell that holds something holds one.
  ///
  /// - Parameter column: The column's name.
  /// - Returns: The kind; `nil` where there is no such column.
  public func kind(of column: String) -> Kind? {
    guard columns.contains(column) else { return nil }
    let texts = cells.values.compactMap { $0[column]?.text }
    if !texts.isEmpty, texts.allSatisfy({ cellNumber($0) != nil }) { return .numbers }
    return .levels(Set(texts).sorted(by: labelPrecedes))
  }

  /// Returns the different texts of a column, sorted; numbers too.
  ///
  /// - Parameter column: The column's name.
  /// - Returns: The texts, each once.
  public func levels(of column: String) -> [String] {
    Set(cells.values.compactMap { $0[column]?.text }).sorted(by: labelPrecedes)
  }

  /// Returns the cell of a participant in a column.
  ///
  /// - Parameters:
  ///   - column: The column's name.
  ///   - participant: The participant's label, with or without `sub-`.
  /// - Returns: The raw text; `nil` where the participant or the column is not there, or the cell holds
  ///   nothing, `n/a`, `NA` or `NaN`.
  public func value(of column: String, for participant: String) -> String? {
    cells[Entity.subject.bareLabel(participant)]?[column]?.text
  }

  /// Returns the number of a participant in a column.
  ///
  /// - Parameters:
  ///   - column: The column's name.
  ///   - participant: The participant's label, with or without `sub-`.
  /// - Returns: The number; `nil` where there is none.
  /// - Throws: ``BIDSError`` where the cell holds something else, such as a decimal comma.
  public func number(
    of column: String,
    for participant: String
  ) throws(BIDSError) -> Double? {
    guard let cell = cells[Entity.subject.bareLabel(participant)]?[column] else { return nil }
    guard let number = cellNumber(cell.text) else {
      throw cell.refusal(of: column, expected: "a number, with a point for decimals")
    }
    return number
  }

  /// Returns an error that names the cell of a participant in a column.
  ///
  /// - Parameters:
  ///   - column: The column's name.
  ///   - participant: The participant's label, with or without `sub-`.
  ///   - expected: What should stand there.
  /// - Returns: The error; `nil` where the cell holds nothing.
  public func refusal(
    of column: String,
    for participant: String,
    expected: String
  ) -> BIDSError? {
    cells[Entity.subject.bareLabel(participant)]?[column]?.refusal(of: column, expected: expected)
  }

  /// Whether a participant has a row.
  ///
  /// - Parameter participant: The label, with or without `sub-`.
  /// - Returns: `true` where there is one.
  public func contains(_ participant: String) -> Bool {
    cells[Entity.subject.bareLabel(participant)] != nil
  }
}

/// Whether a cell of a table of participants holds nothing; programs write that in several ways.
func isUnknown(_ cell: String) -> Bool {
  isMissing(cell) || ["na", "nan", "n/a", "#n/a"].contains(cell.lowercased())
}
