import Report
import Testing

@Suite("A cohort's page")
struct CohortPageTests {
  @Test("That nothing was detected is said plainly, with the largest estimate and its interval")
  func nothing() throws {
    let page = try render(SampleCohort.report())
    #expect(page.contains("No difference was detected in any of the 20 regions"))
    #expect(page.contains("this does not show that there is none"))
    #expect(page.contains("anterior insula, left: 0.200 % signal, 95 % interval −0.010 to 0.410"))
    try keep(page, as: "cohort.html")
  }

  @Test("Detected differences are counted")
  func detected() throws {
    let page = try render(SampleCohort.report(detected: true))
    #expect(page.contains("A difference was detected in 2 of 20 regions"))
    try keep(page, as: "cohort-detected.html")
  }

  @Test("Who was left out is named with the reason")
  func exclusions() throws {
    let page = try render(SampleCohort.report())
    #expect(page.contains("sub-12") && page.contains("no run of the task was found"))
    #expect(!page.lowercased().contains("<script") && !page.contains("{{"))
  }

  @Test("Regions without an answer do not stop the page")
  func unavailable() throws {
    var report = SampleCohort.report()
    for row in report.comparisons[0].rows.indices {
      report.comparisons[0].rows[row].estimate = .nan
      report.comparisons[0].rows[row].q = .nan
    }
    #expect(try render(report).contains("No region could be compared."))
  }
}
