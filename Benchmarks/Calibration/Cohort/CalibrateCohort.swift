import ArgumentParser
import Files
import FoundationEssentials
import Imaging
import Statistics

/// `nocinet-calibrate cohort`: how often cohorts without a difference show one.
struct CalibrateCohort: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort",
    abstract: "Simulate cohorts without a difference and count how often the tool finds one."
  )

  @Option(help: "The number of studies of every cell.")
  var studies = 5000

  @Option(help: "The number of arrangements of every study, with the data's own.")
  var arrangements = 100

  @Option(help: ArgumentHelp("Write the rows as JSON, too.", valueName: "file"))
  var json: String?

  func validate() throws {
    guard studies > 0, arrangements >= 20 else {
      throw ValidationError("at least one study and 20 arrangements are needed")
    }
  }

  func run() throws {
    print("method\tdesign\tnoise\trate\tstudies\tverdict")
    var rows: [CohortCalibrationRow] = []
    for (index, cell) in CohortCell.all.enumerated() {
      for row in try self.rows(cell, firstSeed: UInt64(index) * 1_000_003) {
        print(line(row))
        rows.append(row)
      }
    }
    for design in FirstLevelStudy.Design.allCases {
      let found = try FirstLevelStudy(design: design).hits(
        voxels: 4 * studies,
        seed: 77,
        threads: threads
      )
      for (method, hits) in found {
        let row = CohortCalibrationRow(
          method: method,
          design: design.rawValue,
          noise: "normal",
          hits: hits,
          studies: 4 * studies,
          family: false
        )
        print(line(row))
        rows.append(row)
      }
    }
    guard let json else { return }
    try writeAtomically(try rows.indentedJSON, to: json)
  }

  private var threads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The rows of one cell; every study is seeded by its number, whatever thread takes it.
  private func rows(_ cell: CohortCell, firstSeed: UInt64) throws -> [CohortCalibrationRow] {
    let affine = Affine([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])
    guard let grid = Grid(dimensions: [7, 7, 7], affine: affine) else { return [] }
    let lattice = Lattice(Mask(grid: grid) { _ in true })
    let count = arrangements
    let found = mapSlabs(studies, threads: threads) { study in
      Result {
        try SimulatedStudy(cell, lattice, seed: firstSeed + UInt64(study + 1)).findings(
          arrangements: count
        )
      }
    }
    var hits: [String: Int] = [:]
    var order: [String] = []
    for study in found {
      for (method, isFound) in try study.get() {
        if hits[method] == nil { order.append(method) }
        hits[method, default: 0] += isFound ? 1 : 0
      }
    }
    return order.map { method in
      CohortCalibrationRow(
        method: method,
        design: cell.words,
        noise: cell.noise.rawValue,
        hits: hits[method] ?? 0,
        studies: studies,
        family: true
      )
    }
  }

  private func line(_ row: CohortCalibrationRow) -> String {
    let rate = (row.rate * 10_000).rounded() / 10_000
    return
      "\(row.method)\t\(row.design)\t\(row.noise)\t\(rate)\t\(row.studies)\t\(row.verdict)"
  }
}
