import Files
import TestStudies
import Testing

@Suite("Demo through the door")
struct DemoCommandTests {
  @Test("The program alone in another folder makes its cohort, analyses it and compares the groups")
  func alone() throws {
    let scratch = try ScratchFolder()
    try makeFolder(scratch.path + "/bin")
    let program = scratch.path + "/bin/nocinet"
    // Copied by a process of its own: a copy made here could be held open by a child that another
    // test starts meanwhile, and a program that is open for writing cannot be started.
    let copied = try Program.run(
      [Program.path, program],
      program: "/bin/cp",
      wordsIn: scratch.path
    )
    #expect(copied.code == 0, "\(copied.words)")
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
