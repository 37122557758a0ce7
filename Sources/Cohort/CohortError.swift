public import BIDS
public import Statistics

/// A comparison of groups that cannot be made, and why.
public enum CohortError: Error, Equatable {
  /// The phenotype table has no such column.
  case noColumn(String, path: String, existing: [String])

  /// No participant of the phenotype table has this level.
  case noLevel(String, column: String, path: String, existing: [String])

  /// A group has fewer than two participants with results.
  case groupTooSmall(String, count: Int)

  /// No row is of the session that was asked for.
  case noSession(String, existing: [String])

  /// There are no rows with an effect.
  case noEffects

  /// A participant has two rows for the same region, contrast and run.
  case duplicateRow(participant: String, region: String, contrast: String)

  /// Participants' rows of one contrast differ in what must be the same.
  case mixed(String, contrast: String, values: [String])

  /// Covariates were asked for, which this comparison does not take out.
  case covariates([String])

  /// Some members of a group have no side; none is supposed.
  case missingSides([String], column: String)

  /// No member of some groups has a side, and what they get was not said.
  case noSides([String], column: String)

  /// A cell of a table of participants cannot be used.
  case phenotype(BIDSError)

  /// The design cannot be fitted or rearranged.
  case design(GroupDesignError)

  /// The bootstrap was asked for in a way that gives no interval.
  case statistics(StatisticsError)
}

extension CohortError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    switch self {
    case .noColumn(let column, let path, let existing):
      "\(path): there is no column \(column); there is \(listed(existing))"
    case .noLevel(let level, let column, let path, let existing):
      "\(path): nobody has \(level) in the column \(column); there is \(listed(existing))"
    case .groupTooSmall(let level, let count):
      """
      the group \(level) has \(count) of the 2 participants with results that a comparison needs; \
      see who was left out and why
      """
    case .noSession(let session, let existing):
      "no region table is of ses-\(session); there is \(listed(existing.map { "ses-\($0)" }))"
    case .noEffects: "no region table holds an effect; was the participant level run?"
    case .duplicateRow(let participant, let region, let contrast):
      """
      sub-\(participant) has two rows for \(region), \(contrast) and the same run; \
      give each participant's region table once
      """
    case .mixed(let what, let contrast, let values):
      """
      the participants differ in the \(what) of \(contrast): \(listed(values)); \
      analyse all of them with the same job
      """
    case .covariates(let names):
      """
      the comparison of regions takes no covariates out, so \(listed(names)) cannot be; \
      leave them away
      """
    case .missingSides(let participants, let column):
      """
      \(column) is not stated of \(listed(participants.map { "sub-\($0)" })), and none is supposed; \
      state it in a table of participants
      """
    case .noSides(let levels, let column):
      levels.count == 1
        ? """
        no \(column) is stated of anybody in \(levels[0]), and none is supposed; --control-sides yoked gives each the \
        side of a member of the other group, --control-sides mean the mean of both sides
        """
        : "no \(column) is stated of anybody in \(listed(levels)); state it in a table of participants"
    case .phenotype(let error): error.description
    case .design(let error): error.description
    case .statistics(let error): error.description
    }
  }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(20).joined(separator: ", ")
    if names.isEmpty { return "none" }
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
