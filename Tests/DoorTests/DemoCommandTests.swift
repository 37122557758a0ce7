import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("Demo through the door")
struct DemoCommandTests {
  @Test("The program alone in another folder makes its cohort, analyses it and compares the groups")
  func alone() throws {
    let scratch = try ScratchFolder()
    try makeFolder(scratch.path + "/bin")
    let program = scratch.path + "/bin/nocinet"
    try FileManager.default.copyItem(atPath: Program.path, toPath: program)
    let outcome = try Program.run(
      ["demo", scratch.path + "/demo", "--participants", "2"],
      program: program,
      wordsIn: scratch.path
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    let results = paths(below: scratch.path + "/demo/results")
    for pair in ["FM-HC", "CRPS-HC"] {
      let page = try readText(scratch.path + "/demo/results/cohort_group-\(pair).html")
      #expect(page.contains("Estimates against the truth"))
      #expect(page.utf8.count < 3 << 20)
    }
    #expect(results.count { $0.hasSuffix("_record.json") } == 6)
    #expect(try paths(below: scratch.path + "/demo", holding: scratch.path).isEmpty)
    let again = try Program.run(["demo", scratch.path + "/demo"], wordsIn: scratch.path)
    #expect(again.code == 2 && again.says("/demo"), "\(again.words)")
  }
}
