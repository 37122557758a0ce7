import Report
import Testing

@Suite("Numbers in a page")
struct NumberTextTests {
  @Test(
    "A p value reads as in a paper",
    arguments: [
      (0.0124, "0.012"), (3.14e-7, "3.1e-7"), (0.00099, "9.9e-4"), (9.97e-5, "1.0e-4"),
      (1, "1.000"), (0, "&lt; 1e-300"), (Double.nan, "n/a"),
    ]
  )
  func p(value: Double, text: String) throws {
    var report = SampleReport.participant(contrasts: 1, runs: 1)
    report.contrasts[0].regions = [SampleReport.regions()[0]]
    report.contrasts[0].regions[0].p = value
    #expect(try render(report).contains("<td class=\"number\">\(text)</td>"))
  }

  @Test("A negative number has a true minus, and a tiny effect keeps its digits")
  func effect() throws {
    var report = SampleReport.participant(contrasts: 1, runs: 1)
    report.contrasts[0].regions = [SampleReport.regions()[0]]
    report.contrasts[0].regions[0].effect = -0.000432
    report.contrasts[0].regions[0].standardError = 0.000051
    let page = try render(report)
    #expect(page.contains("<td class=\"number\">\u{2212}0.000432</td>"))
    #expect(page.contains("<td class=\"number\">0.000051</td>"))
  }
}
