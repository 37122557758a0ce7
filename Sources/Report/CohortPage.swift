import ReportTemplates

/// Returns a cohort's report as one self-contained page that needs no script.
///
/// - Parameter report: What the page says.
/// - Returns: The page, HTML.
/// - Throws: ``ReportError`` where a template cannot be read.
public func render(_ report: CohortReport) throws(ReportError) -> String {
  try PageLibrary().render(CohortPage(report), as: "cohort")
}

/// A cohort's page as the template wants it.
private struct CohortPage {
  let title: String
  let question: String
  let style: String
  let hasWarnings: Bool
  let warnings: [String]
  let comparisons: [ComparisonView]
  let groups: TableView
  let exclusions: TableView?
  let tables: [TableView]
  let truth: TableView?
  let methods: [String]
  let provenance: [FactView]

  init(_ report: CohortReport) {
    title = report.title
    question = report.question
    style = ReportTemplates.style
    hasWarnings = !report.warnings.isEmpty
    warnings = report.warnings
    comparisons = report.comparisons.map(ComparisonView.init)
    groups = TableView(report.groups)
    exclusions = exclusionTable(of: report.exclusions)
    tables = report.tables.map { TableView($0) }
    truth = report.truth.map { TableView($0) }
    methods = report.methods
    provenance = report.provenance.map { FactView(name: $0.name, value: $0.value) }
  }
}

/// A comparison as the template wants it.
private struct ComparisonView {
  let name: String
  let sentence: String
  let hasNotes: Bool
  let notes: [String]
  let forest: String?
  let forestCaption: String
  let regions: TableView?

  init(_ section: ComparisonSection) {
    name = section.name
    sentence = comparisonSentence(section)
    hasNotes = !section.notes.isEmpty
    notes = section.notes
    forest = drawForest(section)
    forestCaption =
      "Each \(section.estimate) with its 95 % interval, uncorrected for the number of regions; in "
      + "colour where q ≤ \(NumberWords.decimal(section.level, 2))."
    regions = comparisonTable(of: section)
  }
}

private func comparisonTable(of section: ComparisonSection) -> TableView? {
  guard !section.rows.isEmpty else { return nil }
  let digits = NumberWords.digits(
    for: section.rows.flatMap { [$0.estimate, $0.lower, $0.upper] }
  )
  let table = ReportTable(
    caption: "Regions. The \(section.estimate) is in \(section.unit); p is two-sided, q is p "
      + "adjusted for the false discovery rate over these regions.",
    columns: [
      .init("Region"), .init("Side"), .init("n", isNumeric: true),
      .init(section.estimate, isNumeric: true), .init("95 % interval", isNumeric: true),
      .init("g", isNumeric: true), .init("t", isNumeric: true), .init("df", isNumeric: true),
      .init("p", isNumeric: true), .init("q", isNumeric: true),
    ],
    rows: section.rows.map { line in
      [
        line.region, line.hemisphere, line.counts, NumberWords.decimal(line.estimate, digits),
        interval(line.lower, line.upper, digits), NumberWords.decimal(line.g, 2),
        NumberWords.decimal(line.t, 2), NumberWords.degrees(line.degreesOfFreedom),
        NumberWords.p(line.p), NumberWords.p(line.q),
      ]
    }
  )
  let strong = section.rows.indices.filter { section.rows[$0].q <= section.level }
  return TableView(table, strong: Set(strong))
}

private func exclusionTable(of exclusions: [ExclusionLine]) -> TableView? {
  guard !exclusions.isEmpty else { return nil }
  return TableView(
    ReportTable(
      caption: "Left out, and why.",
      columns: [.init("Participant"), .init("Group"), .init("Reason")],
      rows: exclusions.map { [$0.participant, $0.group, $0.reason] }
    )
  )
}
