/// A table of one row per participant: `participants.tsv`, or any table with a `participant_id` column.
public struct Phenotype: Equatable, Sendable {
  /// The table as it stands in the file.
  public let table: Table

  /// The row of each participant, by label without `sub-`.
  private let rowByLabel: [String: Int]

  /// The labels of the participants, without `sub-`, in the file's order.
  public let participants: [String]

  /// Reads a table of participants.
  ///
  /// - Parameter path: The file, separated by tabs, commas or semicolons.
  /// - Throws: ``BIDSError`` where it is no table, has no `participant_id` column, or names a participant
  ///   twice or not at all.
  public init(path: String) throws(BIDSError) {
    try self.init(try Table(path: path))
  }

  /// Takes a table as one of participants.
  ///
  /// - Parameter table: A table with a `participant_id` column.
  /// - Throws: ``BIDSError`` as for a file.
  public init(_ table: Table) throws(BIDSError) {
    var (rows, labels): ([String: Int], [String]) = ([:], [])
    for (row, cell) in try table.requiredColumn("participant_id").enumerated() {
      let line = table.lineNumbers[row]
      let label = Entity.subject.bareLabel(cell)
      guard !isMissing(label) else {
        let reason = BIDSError.Reason.badCell(
          line: line,
          column: "participant_id",
          text: cell,
          expected: "a participant's label"
        )
        throw BIDSError(path: table.path, reason: reason)
      }
      if let first = rows.updateValue(row, forKey: label) {
        throw BIDSError(
          path: table.path,
          reason: .duplicateParticipant(label, lines: [table.lineNumbers[first], line])
        )
      }
      labels.append(label)
    }
    (self.table, rowByLabel, participants) = (table, rows, labels)
  }

  /// Returns the cell of a participant in a column.
  ///
  /// - Parameters:
  ///   - column: The column's name.
  ///   - participant: The participant's label, with or without `sub-`.
  /// - Returns: The raw text; `nil` where the participant or the column is not there, or the cell holds
  ///   `n/a` or nothing.
  public func value(of column: String, for participant: String) -> String? {
    guard
      let row = rowByLabel[Entity.subject.bareLabel(participant)],
      let place = table.columns.firstIndex(of: column)
    else { return nil }
    let cell = table.rows[row][place]
    return isMissing(cell) ? nil : cell
  }

  /// Whether a participant has a row.
  ///
  /// - Parameter participant: The label, with or without `sub-`.
  /// - Returns: `true` where there is one.
  public func contains(_ participant: String) -> Bool {
    rowByLabel[Entity.subject.bareLabel(participant)] != nil
  }
}
