import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("The calibration harness")
struct CalibrateTests {
  private struct Row: Decodable {
    let noise: String
    let model: String
    let rate: Double
    let error: Double
  }

  @Test("It simulates, counts, and writes a row per noise, model and threshold")
  func rows() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path + "/rows.json"
    let folder = Program.path[..<(Program.path.lastIndex(of: "/") ?? Program.path.startIndex)]
    let outcome = try Program.run(
      ["runs", "--series", "10000", "--only", "motion24", "--json", file],
      program: folder + "/nocinet-calibrate",
      wordsIn: scratch.path
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    let rows = try JSONDecoder().decode([Row].self, from: Data(try readText(file).utf8))
    // Three acquisitions, five noises, three thresholds, three models, and a known noise for four.
    #expect(rows.count == 3 * 3 * (5 * 3 + 4))
    // A rate of .05 of 10,000 series has an error of .0022.
    for row in rows where row.noise == "white" && row.model == "ols" && row.rate > 0.03 {
      #expect(abs(row.rate - 0.05) < 0.01 && row.error >= 0.0018)
    }
  }
}
