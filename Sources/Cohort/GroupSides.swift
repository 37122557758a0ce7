import Atlas
import BIDS
import Job
import Statistics

/// The rows of contra and ipsi of both groups, and whose side each member has.
struct GroupSides {
  /// The rows.
  private(set) var rows: [RegionRow] = []

  /// The sides of the members who have rows, in the order of the groups.
  private(set) var members: [MemberSide] = []

  /// Why a member has none.
  private(set) var sideless: [String: LeftOut.Reason] = [:]

  /// What a reader must know.
  private(set) var notes: [String] = []

  /// Finds the rows that the comparison asks for, or those that there are.
  ///
  /// - Parameters:
  ///   - request: The comparison.
  ///   - rows: The rows of the session that is compared.
  ///   - groups: Who is compared.
  /// - Throws: ``CohortError`` where a side is missing: none is ever supposed.
  init(
    _ request: CohortRequest,
    rows: [RegionRow],
    groups: GroupAssignment
  ) throws(CohortError) {
    let byMember = Dictionary(grouping: rows) { Entity.subject.bareLabel($0.participantID) }
    guard let asked = request.laterality else {
      takeExisting(byMember, of: groups)
      return
    }
    let lists = [
      (request.comparison.first, groups.first), (request.comparison.second, groups.second),
    ]
    var without: [(level: String, members: [String])] = []
    for (level, labels) in lists {
      var missing: [String] = []
      for label in labels {
        let stated = try take(label, byMember[label] ?? [], asked, request.phenotype)
        if !stated { missing.append(label) }
      }
      if missing.count == labels.count {
        without.append((level, missing))
      } else if !missing.isEmpty {
        throw .missingSides(missing, column: asked.column)
      }
    }
    guard let group = without.first else { return }
    guard without.count == 1, let controls = asked.controls else {
      throw .noSides(without.map(\.level), column: asked.column)
    }
    switch controls {
    case .yoked: try yoke(group.members, byMember, asked.reference, group.level, request.seed)
    case .mean:
      for label in group.members {
        self.rows += meanOfSidesRows(of: byMember[label] ?? [], reference: asked.reference)
        members.append(MemberSide(participant: label, side: nil, source: .mean))
      }
      notes.append(
        "nobody in \(group.level) has a side: their contra and their ipsi are both the mean of left and "
          + "right"
      )
    }
  }

  /// Takes the rows that the participants' own tables have, where all members have them.
  private mutating func takeExisting(
    _ byMember: [String: [RegionRow]],
    of groups: GroupAssignment
  ) {
    let labels = groups.first + groups.second
    let existing = labels.map { label in
      (byMember[label] ?? []).filter { $0.laterality != nil }
    }
    guard existing.contains(where: { !$0.isEmpty }) else { return }
    let references = Set(existing.joined().map(\.reference))
    guard existing.allSatisfy({ !$0.isEmpty }), references.count == 1 else {
      let lacking = zip(labels, existing).filter { $1.isEmpty }.map { "sub-\($0.0)" }
      notes.append(
        "contra and ipsi were not compared: "
          + (lacking.isEmpty
            ? "they refer to the stimulus in some and to the affected side in others"
            : "\(lacking.joined(separator: ", ")) have no such rows")
          + "; --laterality says what they are to refer to"
      )
      return
    }
    for (label, own) in zip(labels, existing) {
      rows += own
      members.append(statedSide(of: label, own))
    }
  }

  private func statedSide(of label: String, _ own: [RegionRow]) -> MemberSide {
    let sides = Set(own.map(\.referenceSide))
    return MemberSide(
      participant: label,
      side: sides.count == 1 ? sides.first ?? nil : nil,
      source: .stated
    )
  }

  /// Takes the rows of a member whose side is stated, and returns whether it is.
  private mutating func take(
    _ label: String,
    _ own: [RegionRow],
    _ asked: CohortLaterality,
    _ phenotype: Phenotype
  ) throws(CohortError) -> Bool {
    let existing = own.filter { $0.reference == asked.reference }
    if !existing.isEmpty {
      rows += existing
      members.append(statedSide(of: label, existing))
      return true
    }
    let stated: StatedSide?
    do throws(BIDSError) {
      stated = try phenotype.side(in: asked.column, of: label)
    } catch {
      throw .phenotype(error)
    }
    let side: Hemisphere
    switch stated {
    case nil: return false
    case .both:
      sideless[label] = .bothSides
      return true
    case .left: side = .left
    case .right: side = .right
    }
    rows += lateralRows(of: own, from: ReferenceSide(reference: asked.reference, side: side))
    members.append(MemberSide(participant: label, side: side, source: .stated))
    return true
  }

  /// Gives members without a side those of the other group, shuffled, each as often as there.
  private mutating func yoke(
    _ labels: [String],
    _ byMember: [String: [RegionRow]],
    _ reference: SideReference,
    _ level: String,
    _ seed: UInt64
  ) throws(CohortError) {
    var pool = members.filter { $0.side != nil }
    guard !pool.isEmpty else { throw .noSides([level], column: "side") }
    var generator = SeededGenerator(seed: seed)
    for place in pool.indices.dropFirst().reversed() {
      pool.swapAt(place, generator.index(below: place + 1))
    }
    for (place, label) in labels.enumerated() {
      let donor = pool[place % pool.count]
      guard let side = donor.side else { continue }
      let view = ReferenceSide(reference: reference, side: side)
      rows += lateralRows(of: byMember[label] ?? [], from: view)
      members.append(
        MemberSide(participant: label, side: side, source: .yoked(to: donor.participant))
      )
    }
    notes.append(
      "nobody in \(level) has a side: each was given that of a member of the other group, drawn with seed "
        + "\(seed); the table of participants says whose"
    )
  }
}
