import Atlas
import BIDS
import Cohort
import Demo
import Files
import FoundationEssentials
import Job
import Provenance
import Report

/// The group level: the region tables of all complete participants, and a comparison of two groups.
struct GroupStage {
  /// The dataset and the output folder.
  let folders: Folders

  /// The groups.
  let comparison: Comparison

  /// The tables beside `participants.tsv` that say who belongs to which.
  let phenotype: PhenotypeTables

  /// What contra and ipsi refer to, where it is asked.
  var laterality: CohortLaterality?

  /// The session to compare, without `ses-`; `nil` for all together.
  var session: String?

  /// The contrasts to compare; `nil` for all.
  var contrasts: Set<String>?

  /// Where it is said who was left out.
  let console: Console

  /// What is known of the cohort, where it was made by the demo.
  var truth: [TrueEffect] = []

  /// Compares the groups and writes tables and page.
  ///
  /// - Returns: The path of the page.
  /// - Throws: The reason why there is nothing to compare.
  func run() throws -> String {
    let complete = try CompleteParticipants(in: folders.output)
    for note in complete.notes { console.warn(note) }
    let job = try Job(path: folders.output + "/job.json")
    let atlases = try loadAtlases(job.resolved(in: folders.output).regions.atlases)
    let dataset = try Dataset(root: folders.dataset)
    let tables = try dataset.phenotype(with: phenotype.files, idColumn: phenotype.idColumn)
    guard let tables else { throw FolderRefusal.noPhenotype(path: folders.dataset) }
    for note in tables.notes { console.warn(note) }
    var request = CohortRequest(
      comparison: comparison,
      phenotype: tables,
      rows: complete.rows.filter { contrasts?.contains($0.contrast) ?? true },
      participants: dataset.participants
    )
    request.laterality = laterality
    request.session = session
    request.minimumCoverage = job.regions.minimumCoverage
    request.minimumBrainstemCoverage = job.regions.minimumBrainstemCoverage
    request.brainstemRegions = Set(atlases.flatMap(\.regions).filter(\.isBrainstem).map(\.name))
    request.seed = job.seed
    let result = try compareGroups(request)
    return try write(result, from: complete)
  }

  private func write(_ result: CohortComparison, from complete: CompleteParticipants) throws
    -> String
  {
    let visit = session.map { "_ses-\($0)" } ?? ""
    let stem = "\(folders.output)/cohort_\(comparison.fileLabel)\(visit)"
    var page = CohortReport(of: result, version: nocinetVersion)
    page.warnings += complete.notes
    if !truth.isEmpty { page.truth = truthTable(of: complete.rows, truth: truth) }
    try writeAtomically(RegionTable.text(result.rows), to: stem + "_stacked.csv")
    try writeAtomically(CohortTables.regions(result), to: stem + "_regions.csv")
    try writeAtomically(CohortTables.participants(result), to: stem + "_participants.csv")
    try writeAtomically(DataDictionary.cohort.json, to: folders.output + "/cohort.json")
    try writeAtomically(complete.quality, to: folders.output + "/cohort_quality.csv")
    try writeAtomically(try render(page), to: stem + ".html")
    return stem + ".html"
  }
}

extension Comparison {
  /// The comparison as a part of a file's name.
  fileprivate var fileLabel: String {
    [column, first, second].map { word in
      word.filter { $0.isLetter || $0.isNumber }
    }
    .joined(separator: "-")
  }
}

/// Returns the completion records of an output folder, in the order of the participants' labels.
///
/// - Parameter output: The output folder.
/// - Returns: The records; none where there is no such folder.
/// - Throws: The error of a record that cannot be read.
func completionRecords(in output: String) throws -> [CompletionRecord] {
  let listed = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
  let labels = listed.filter { $0.hasPrefix("sub-") && !$0.contains(".") }.sorted()
  return try labels.compactMap { try CompletionRecord.read(of: $0, in: output) }
}

/// The participants whose completion record is there, and their region tables.
private struct CompleteParticipants {
  /// The rows of all their tables.
  let rows: [RegionRow]

  /// The quality of all their runs.
  let quality: String

  /// Who was left out because another job made their results.
  let notes: [String]

  init(in output: String) throws {
    let records = try completionRecords(in: output)
    guard !records.isEmpty else { throw FolderRefusal.noResults(path: output) }
    // Of jobs with as many participants the first digest, so that a rerun takes the same.
    let commonest = Dictionary(grouping: records, by: \.job)
      .max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    var (rows, notes): ([RegionRow], [String]) = ([], [])
    for record in records {
      guard record.job == commonest?.key else {
        notes.append(
          "sub-\(record.participant): these results were made by another job than most, so they "
            + "were left out; analyse this participant again"
        )
        continue
      }
      for file in record.outputs where file.path.hasSuffix("_regions.csv") {
        rows += try RegionTable.read("\(output)/\(file.path)")
      }
    }
    self.rows = rows
    self.notes = notes
    quality = try qualityTable(of: records.filter { $0.job == commonest?.key }, in: output)
  }
}
