import Glibc
import Report

/// A made-up cohort, as large as a real one, for trying the page.
enum SampleCohort {
  /// A report of two comparisons.
  static func report(detected: Bool = false) -> CohortReport {
    var report = CohortReport(
      title: "Heat pain in fibromyalgia",
      question: "Do people with fibromyalgia respond to heat otherwise than controls?",
      groups: groups
    )
    report.exclusions = [
      .init(participant: "sub-12", group: "FM", reason: "no run of the task was found"),
      .init(participant: "sub-31", group: "HC", reason: "61 % of the volumes were left out"),
    ]
    report.comparisons = ["FM − HC: heat", "FM − HC: heat_by_rating"].enumerated().map {
      place,
      name in
      let lines = SampleReport.regions().enumerated().map { index, line in
        let isStrong = detected && index < 2
        return comparison(line, at: index + place, isStrong: isStrong)
      }
      return ComparisonSection(name: name, unit: "% signal", rows: lines)
    }
    report.methods = ["Groups were compared by Welch’s t-test, region by region."]
    report.provenance = [("nocinet", "0.1.0")]
    return report
  }

  private static let groups = ReportTable(
    caption: "Groups as analysed; mean and standard deviation.",
    columns: [
      .init("Group"), .init("Participants", isNumeric: true),
      .init("Age, years", isNumeric: true), .init("Mean displacement, mm", isNumeric: true),
    ],
    rows: [
      ["FM", "19", "47.2 ± 9.1", "0.14 ± 0.05"], ["HC", "20", "45.8 ± 10.3", "0.12 ± 0.04"],
    ]
  )

  private static func comparison(
    _ line: RegionLine,
    at index: Int,
    isStrong: Bool
  ) -> ComparisonLine {
    let weak = 0.2 * cos(Double(index)) * exp(-Double(index) / 14)
    let estimate = isStrong ? 0.41 : weak
    return ComparisonLine(
      region: line.region,
      hemisphere: line.hemisphere,
      counts: "19 + 20",
      estimate: estimate,
      lower: estimate - 0.21,
      upper: estimate + 0.21,
      g: estimate * 3,
      t: estimate * 9.6,
      degreesOfFreedom: 34.7,
      p: isStrong ? 0.0004 : max(0.06, 1 - weak.magnitude * 4.7),
      q: isStrong ? 0.004 : 0.61
    )
  }
}
