/// The column of a table that holds the participants' labels.
///
/// `participant_id` is it; where there is none, the only one whose name people use for it, else the
/// only one whose cells are labels of the dataset's participants.
struct IDColumn {
  /// The column's name.
  let name: String

  /// That it was found, where it was not called as expected.
  let notes: [String]

  /// Names that people use, without signs and in lower case.
  private static let usual: Set = [
    "participantid", "participant", "participants", "subjectid", "subject", "subid", "sub",
    "subjid",
    "subj", "id", "recordid", "bidsid",
  ]

  /// Finds the column.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - name: The column's name, where a person gave it.
  ///   - known: The labels of the dataset's participants, without `sub-`.
  /// - Throws: ``BIDSError`` where there is no such column, or it is open which one it is.
  init(of table: Table, named name: String?, known: [String]) throws(BIDSError) {
    if let name {
      _ = try table.requiredColumn(name)
      (self.name, notes) = (name, [])
      return
    }
    if table.columns.contains("participant_id") {
      (self.name, notes) = ("participant_id", [])
      return
    }
    let called = table.columns.filter { column in
      Self.usual.contains(column.lowercased().filter { $0.isLetter || $0.isNumber })
    }
    let labels = Set(known)
    let holding = (called.isEmpty ? table.columns : called).filter { column in
      (table.column(column) ?? []).contains { labels.contains(Entity.subject.bareLabel($0)) }
    }
    guard let found = called.count == 1 ? called.first : holding.count == 1 ? holding.first : nil
    else {
      throw BIDSError(
        path: table.path,
        reason: .noIDColumn(
          candidates: holding.isEmpty ? called : holding,
          columns: table.columns
        )
      )
    }
    self.name = found
    notes = ["\(table.path): the column \(found) was taken for the participants' labels"]
  }
}
