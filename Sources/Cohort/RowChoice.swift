import Atlas
import BIDS

/// Which region of which contrast a row is about.
struct RegionKey: Hashable {
  let task: String?
  let contrast: String
  let atlas: String
  let region: String

  init(_ row: RegionRow) {
    (task, contrast, atlas, region) = (row.task, row.contrast, row.atlas, row.region)
  }
}

/// The one row of every participant for every region and contrast.
struct RowChoice {
  /// The chosen row, by region and participant.
  private(set) var rows: [RegionKey: [String: RegionRow]] = [:]

  /// Every region and contrast, in the order in which they first appear.
  private(set) var keys: [RegionKey] = []

  /// Why a participant with rows for a region and contrast has none that can be compared.
  private(set) var uncombinedRows: [RegionKey: [String: LeftOut.Reason]] = [:]

  /// The participants who have at least one row that can be compared.
  private(set) var participants: Set<String> = []

  /// Participants who have rows but none that can be compared, and why.
  var uncombined: [String: LeftOut.Reason] {
    var reasons: [String: LeftOut.Reason] = [:]
    for key in keys {
      for (participant, reason) in uncombinedRows[key] ?? [:]
      where !participants.contains(participant) && reasons[participant] == nil {
        reasons[participant] = reason
      }
    }
    return reasons
  }

  /// Chooses, for each participant, the row over all runs and sessions, else the single one there is.
  init(_ all: [RegionRow]) throws(CohortError) {
    var candidates: [RegionKey: [String: [RegionRow]]] = [:]
    for row in all {
      let key = RegionKey(row)
      if candidates[key] == nil { keys.append(key) }
      let participant = Entity.subject.bareLabel(row.participantID)
      candidates[key, default: [:]][participant, default: []].append(row)
    }
    for key in keys {
      for (participant, rows) in (candidates[key] ?? [:]).sorted(by: { $0.key < $1.key }) {
        let names = rows.map(unitName)
        guard Set(names).count == names.count else {
          throw .duplicateRow(participant: participant, region: key.region, contrast: key.contrast)
        }
        if let row = overall(rows) {
          self.rows[key, default: [:]][participant] = row
          participants.insert(participant)
        } else {
          let reason = LeftOut.Reason.notCombined(names.sorted(by: labelPrecedes))
          uncombinedRows[key, default: [:]][participant] = reason
        }
      }
    }
  }
}

/// What a row is about within a participant: `ses-1_run-2`; empty for everything combined.
private func unitName(_ row: RegionRow) -> String {
  [row.session.map { "ses-\($0)" }, row.run.map { "run-\($0)" }]
    .compactMap { $0 }.joined(separator: "_")
}

/// The row over all runs and sessions of one participant, or `nil` where none is.
private func overall(_ rows: [RegionRow]) -> RegionRow? {
  if let row = rows.first(where: { $0.session == nil && $0.run == nil }) { return row }
  if rows.count == 1 { return rows.first }
  let combined = rows.filter { $0.run == nil }
  let isOneSession = Set(rows.map(\.session)).count == 1
  return combined.count == 1 && isOneSession ? combined.first : nil
}
