import Atlas
public import Cohort
import Files
import Job
import Statistics

extension CohortReport {
  /// Sets out a comparison of two groups as a page.
  ///
  /// - Parameters:
  ///   - result: The comparison.
  ///   - version: The version of nocinet.
  public init(of result: CohortComparison, version: String) {
    let (first, second) = (result.comparison.first, result.comparison.second)
    let visit = result.session.map { " in ses-\($0)" } ?? ""
    self.init(
      title: "\(first) and \(second)\(visit)",
      question: "Do the regions of \(first) respond differently from those of \(second)\(visit)?",
      groups: ReportTable(
        caption: "Who is compared",
        columns: [.init("Group"), .init("Participants", isNumeric: true), .init("Labels")],
        rows: [result.first, result.second].map { group in
          [group.level, "\(group.participants.count)", group.participants.joined(separator: " ")]
        }
      )
    )
    warnings = result.notes
    exclusions = result.leftOut.map {
      ExclusionLine(participant: $0.participant, group: "", reason: "\($0.reason)")
    }
    var names: [String] = []
    for region in result.regions where !names.contains(region.sectionName) {
      names.append(region.sectionName)
    }
    comparisons = names.map { name in
      let regions = result.regions.filter { $0.sectionName == name }
      var section = ComparisonSection(
        name: name,
        estimate: "difference \(first) - \(second)",
        unit: regions.first?.unit ?? "",
        rows: regions.map(ComparisonLine.init(of:))
      )
      section.notes = regions.compactMap { region in
        region.problem.map { "\(region.region): \($0)" }
      }
      return section
    }
    methods = [
      "Region effects of all participants (each one's runs, and sessions where there are several, combined "
        + "by fixed effects) were compared by Welch's t test (unequal variances, "
        + "Satterthwaite's degrees of freedom), two-sided. The interval is 95 % of the difference in % "
        + "signal change. Hedges' g divides by the root mean of both variances; its interval is a "
        + "bias-corrected bootstrap within group (\(result.resampleCount) draws, seed \(result.seed)). q is the "
        + "false discovery rate (Benjamini-Hochberg) over the regions of a contrast."
    ]
    provenance = [("nocinet", version)]
  }
}

extension RegionComparison {
  /// The contrast, with its task and atlas.
  fileprivate var sectionName: String {
    let words = [
      contrast, task.map { "task \($0)" }, "atlas \(atlas)",
      reference.map { "contra and ipsi to \($0.words)" },
    ]
    return words.compactMap(\.self).joined(separator: ", ")
  }
}

extension ComparisonLine {
  /// Sets out one region.
  fileprivate init(of region: RegionComparison) {
    let test = region.test
    self.init(
      region: region.region,
      hemisphere: region.hemisphere.rawValue,
      counts: "\(region.first.count) / \(region.second.count)",
      estimate: test?.effect ?? .nan,
      lower: test?.interval.lower ?? .nan,
      upper: test?.interval.upper ?? .nan,
      g: test?.hedgesG ?? .nan,
      t: test?.t ?? .nan,
      degreesOfFreedom: test?.degreesOfFreedom ?? .nan,
      p: test?.p ?? .nan,
      q: region.q ?? .nan
    )
  }
}
