public import BIDS

extension OnsetOffset {
  /// Reads what a person wrote: `none`, `auto`, a number of seconds, or else a table's path.
  ///
  /// A table has the column `offset`, in s, and any of `participant_id`, `session`, `task` and `run`
  /// (`session_id`, `task_id` and `run_id` mean the same); a label that is missing stands for each.
  ///
  /// - Parameter text: What a person wrote.
  /// - Throws: `BIDSError` where the table cannot be read, or lacks an offset.
  public init(text: String) throws(BIDSError) {
    switch text {
    case "none": self = .none
    case "auto": self = .auto
    default:
      if let seconds = cellNumber(text) {
        self = .seconds(seconds)
      } else {
        self = .runs(try offsets(of: try Table(path: text)))
      }
    }
  }
}

/// Returns the rows of a table of offsets.
private func offsets(of table: Table) throws(BIDSError) -> [RunOffset] {
  let cells = try table.requiredColumn("offset")
  let labels: [(Entity, [String]?)] = [
    (.subject, table.column("participant_id")),
    (.session, table.column("session") ?? table.column("session_id")),
    (.task, table.column("task") ?? table.column("task_id")),
    (.run, table.column("run") ?? table.column("run_id")),
  ]
  var offsets: [RunOffset] = []
  for (row, cell) in cells.enumerated() {
    guard let seconds = cellNumber(cell) else {
      throw BIDSError(
        path: table.path,
        reason: .badCell(
          line: table.lineNumbers[row],
          column: "offset",
          text: cell,
          expected: "a number of seconds"
        )
      )
    }
    let found = labels.map { entity, column in
      column.flatMap { isMissing($0[row]) ? nil : entity.bareLabel($0[row]) }
    }
    offsets.append(
      RunOffset(
        participant: found[0],
        session: found[1],
        task: found[2],
        run: found[3],
        seconds: seconds
      )
    )
  }
  return offsets
}
