import Atlas
import BIDS
import Job
import Statistics

/// Returns two groups of a cohort compared region by region with Welch's t.
///
/// Each participant counts once: with the row in which runs and sessions are combined (of one session,
/// where that is asked for), else with the only row there is. A participant in whom too little of a region is in view takes no part in that region.
/// Contra and ipsi are compared beside left and right, where a side of the body is known of everybody.
/// Participants are taken in the order of their labels, so that the bootstrap does not depend on the order
/// of the tables.
///
/// - Parameter request: The groups, the tables, and what counts as in view.
/// - Returns: The comparison.
/// - Throws: ``CohortError`` where a group does not exist or has fewer than two members with results, the
///   tables hold no effect, or they do not belong together.
public func compareGroups(_ request: CohortRequest) throws(CohortError) -> CohortComparison {
  guard request.comparison.covariates.isEmpty else {
    throw .covariates(request.comparison.covariates)
  }
  let all = try request.rowsOfSession()
  let plain = all.filter { $0.laterality == nil }
  let plainChoice = try RowChoice(plain)
  guard request.rows.contains(where: { $0.effect != nil }) else { throw .noEffects }
  let groups = try GroupAssignment(
    request,
    withResults: plainChoice.participants,
    uncombined: plainChoice.uncombined
  )
  let sides = try GroupSides(request, rows: all, groups: groups)
  let choice = try RowChoice(plain + sides.rows)

  var (regions, rows, notes): ([RegionComparison], [RegionRow], [String]) = ([], [], [])
  for key in choice.keys {
    guard let byParticipant = choice.rows[key] else { continue }
    let members = groups.first + groups.second
    let used = members.compactMap { byParticipant[$0] }
    guard used.contains(where: { $0.effect != nil }) else { continue }
    let region = try RegionOfCohort(
      key: key,
      choice: choice,
      used: used,
      sideless: sides.sideless,
      request: request
    )
    regions.append(try region.compared(groups))
    rows += used
  }
  if Set(regions.map(\.contrast)).count < Set(choice.keys.map(\.contrast)).count {
    let silent = Set(choice.keys.map(\.contrast)).subtracting(regions.map(\.contrast)).sorted()
    notes.append(
      "no effect is stated for \(silent.joined(separator: ", ")), so it was not compared"
    )
  }
  notes += unequalSessionNotes(rows) + sides.notes
  addFalseDiscoveryRates(to: &regions)
  return CohortComparison(
    comparison: request.comparison,
    session: request.session,
    first: CohortGroup(level: request.comparison.first, participants: groups.first),
    second: CohortGroup(level: request.comparison.second, participants: groups.second),
    leftOut: groups.leftOut,
    sides: sides.members,
    regions: regions,
    rows: rows,
    notes: notes,
    seed: request.seed,
    resampleCount: request.resampleCount
  )
}

extension CohortRequest {
  /// The rows of the session that is compared, or all.
  fileprivate func rowsOfSession() throws(CohortError) -> [RegionRow] {
    guard let session else { return rows }
    let chosen = rows.filter { $0.session == session }
    guard !chosen.isEmpty else {
      let existing = Set(rows.compactMap(\.session)).sorted(by: labelPrecedes)
      throw .noSession(session, existing: existing)
    }
    return chosen
  }
}

/// Names who counts with a single session where others count with several together.
private func unequalSessionNotes(_ rows: [RegionRow]) -> [String] {
  let alone = Set(rows.filter { $0.session != nil }.map(\.participantID))
  let together = Set(rows.filter { $0.session == nil }.map(\.participantID))
  guard !alone.isEmpty, !together.isEmpty else { return [] }
  let names = alone.map(Entity.subject.bareLabel).sorted(by: labelPrecedes)
  return [
    "one session alone counts for \(names.map { "sub-\($0)" }.joined(separator: ", ")), several "
      + "together for the others; --session compares one"
  ]
}

/// One region and contrast with the rows of everybody.
private struct RegionOfCohort {
  let key: RegionKey
  let rows: [String: RegionRow]
  let uncombined: [String: LeftOut.Reason]
  let sample: RegionRow
  let sideless: [String: LeftOut.Reason]
  let request: CohortRequest

  init(
    key: RegionKey,
    choice: RowChoice,
    used: [RegionRow],
    sideless: [String: LeftOut.Reason],
    request: CohortRequest
  ) throws(CohortError) {
    (self.key, self.request, self.sideless) = (key, request, sideless)
    rows = choice.rows[key] ?? [:]
    uncombined = choice.uncombinedRows[key] ?? [:]
    sample = used[0]
    let traits: [(String, (RegionRow) -> String)] = [
      ("unit", \.unit), ("space", \.space),
      ("hemisphere", { $0.laterality == nil ? $0.hemisphere.rawValue : "n/a" }),
      ("side of contra and ipsi", { $0.reference?.rawValue ?? "n/a" }),
      ("weight sum", { $0.weightSum.map { "\(($0 * 1e6).rounded() / 1e6)" } ?? "n/a" }),
    ]
    for (name, trait) in traits {
      let values = Set(used.map(trait)).sorted()
      if values.count > 1 { throw .mixed(name, contrast: key.contrast, values: values) }
    }
  }

  func compared(_ groups: GroupAssignment) throws(CohortError) -> RegionComparison {
    let (first, firstOut) = effects(of: groups.first)
    let (second, secondOut) = effects(of: groups.second)
    var (test, problem): (WelchTest?, String?) = (nil, nil)
    let bootstrap = BootstrapRequest(resampleCount: request.resampleCount, seed: request.seed)
    do throws(StatisticsError) {
      test = try welchTest(first, second, bootstrap: bootstrap)
    } catch .noResamples {
      throw .statistics(.noResamples)
    } catch {
      problem = error.description
    }
    return RegionComparison(
      task: key.task,
      contrast: key.contrast,
      atlas: key.atlas,
      region: key.region,
      hemisphere: sample.laterality == nil ? sample.hemisphere : .none,
      laterality: sample.laterality,
      reference: sample.reference,
      first: GroupSummary(first),
      second: GroupSummary(second),
      test: test,
      problem: problem,
      q: nil,
      weightSum: sample.weightSum,
      unit: sample.unit,
      space: sample.space,
      leftOut: firstOut + secondOut
    )
  }

  /// The effects of a group's members who count in this region, and the others.
  private func effects(of members: [String]) -> ([Double], [LeftOut]) {
    var (effects, leftOut): ([Double], [LeftOut]) = ([], [])
    for participant in members {
      let (effect, reason) = effect(of: participant)
      if let effect { effects.append(effect) }
      if let reason { leftOut.append(LeftOut(participant: participant, reason: reason)) }
    }
    return (effects, leftOut)
  }

  private func effect(of participant: String) -> (Double?, LeftOut.Reason?) {
    guard let row = rows[participant] else {
      let reason = sample.laterality == nil ? nil : sideless[participant]
      return (nil, reason ?? uncombined[participant] ?? .noRow)
    }
    return CoverageRule(
      minimum: request.minimumCoverage,
      brainstemRegions: request.brainstemRegions,
      brainstemMinimum: request.minimumBrainstemCoverage
    )
    .effect(of: row)
  }
}
