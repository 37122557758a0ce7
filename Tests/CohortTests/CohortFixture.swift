import Atlas
import BIDS
import Cohort
import Job

/// Rows and tables from which the tests build their cohorts.
enum CohortFixture {
  /// One row of a region table.
  static func row(
    _ participant: String,
    _ effect: Double?,
    region: String = "aMCC",
    contrast: String = "pain",
    session: String? = nil,
    run: String? = nil,
    coverage: Double? = 1
  ) -> RegionRow {
    var row = RegionRow(
      participantID: participant,
      session: session,
      task: "heat",
      run: run,
      contrast: contrast,
      atlas: "painnetwork",
      weights: RegionWeights(
        region: Region(label: 1, name: region, hemisphere: .midline),
        voxels: [],
        coverage: coverage ?? .nan
      ),
      space: "MNI152NLin2009cAsym",
      unit: "percent signal change"
    )
    row.effect = effect
    row.flags = []
    return row
  }

  /// Rows of both groups for one region, of participants named f1 and h1 and so on.
  static func rows(_ fm: [Double], _ hc: [Double], region: String = "aMCC") -> [RegionRow] {
    fm.enumerated().map { row("f\($0 + 1)", $1, region: region) }
      + hc.enumerated().map { row("h\($0 + 1)", $1, region: region) }
  }

  /// The phenotype of 7 patients and 5 controls, with more lines where given.
  static func phenotype(_ more: String = "") throws -> Phenotype {
    let fm = (1...7).map { "sub-f\($0)\tFM\n" }.joined()
    let hc = (1...5).map { "sub-h\($0)\tHC\n" }.joined()
    let text = "participant_id\tgroup\n" + fm + hc + more
    return try Phenotype(try Table(text: text, path: "participants.tsv"))
  }

  /// A request that compares FM with HC.
  static func request(_ rows: [RegionRow], phenotype more: String = "") throws -> CohortRequest {
    CohortRequest(
      comparison: Comparison(column: "group", first: "FM", second: "HC"),
      phenotype: try phenotype(more),
      rows: rows,
      resampleCount: 1000
    )
  }

  static let fm = [0.62, 0.81, 0.45, 1.10, 0.93, 0.71, 0.38]
  static let hc = [0.20, 0.35, 0.15, 0.41, 0.30]
}
