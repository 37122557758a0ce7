import BIDS
import Job

/// Who belongs to which of the two groups, and why the others belong to neither.
struct GroupAssignment {
  let first: [String]
  let second: [String]
  let leftOut: [LeftOut]

  /// Looks up every participant of the tables, the phenotype and the request.
  init(
    _ request: CohortRequest,
    withResults: Set<String>,
    uncombined: [String: LeftOut.Reason]
  ) throws(CohortError) {
    let (comparison, phenotype) = (request.comparison, request.phenotype)
    try GroupAssignment.check(request)
    let expected = request.participants.map(Entity.subject.bareLabel)
    let everybody = Set(phenotype.participants).union(withResults).union(uncombined.keys)
      .union(expected)

    var (first, second, leftOut): ([String], [String], [LeftOut]) = ([], [], [])
    for participant in everybody.sorted(by: labelPrecedes) {
      let level = phenotype.value(of: comparison.column, for: participant)
      let reason: LeftOut.Reason? =
        if !phenotype.contains(participant) {
          .notInPhenotype
        } else if let level {
          level == comparison.first || level == comparison.second
            ? (withResults.contains(participant) ? nil : uncombined[participant] ?? .noResults)
            : .otherGroup(level)
        } else {
          .groupNotStated
        }
      if let reason {
        leftOut.append(LeftOut(participant: participant, reason: reason))
      } else if level == comparison.first {
        first.append(participant)
      } else {
        second.append(participant)
      }
    }
    for (level, members) in [(comparison.first, first), (comparison.second, second)]
    where members.count < 2 {
      throw .groupTooSmall(level, count: members.count)
    }
    (self.first, self.second, self.leftOut) = (first, second, leftOut)
  }

  /// Refuses a column or level that the phenotype table does not have.
  private static func check(_ request: CohortRequest) throws(CohortError) {
    let (comparison, phenotype) = (request.comparison, request.phenotype)
    let path = phenotype.paths.joined(separator: ", ")
    guard phenotype.columns.contains(comparison.column) else {
      throw .noColumn(comparison.column, path: path, existing: phenotype.columns)
    }
    let levels = phenotype.levels(of: comparison.column)
    for level in [comparison.first, comparison.second] where !levels.contains(level) {
      throw .noLevel(level, column: comparison.column, path: path, existing: levels)
    }
  }
}
