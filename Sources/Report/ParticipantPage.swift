import ReportTemplates

/// Returns a participant's report as one self-contained page that needs no script.
///
/// - Parameter report: What the page says.
/// - Returns: The page, HTML.
/// - Throws: ``ReportError`` where a template cannot be read or memory is short.
public func render(_ report: ParticipantReport) throws(ReportError) -> String {
  try PageLibrary().render(ParticipantPage(report), as: "participant")
}

/// A participant's page as the template wants it.
private struct ParticipantPage {
  let title: String
  let participant: String
  let session: String?
  let question: String
  let space: String
  let style: String
  let hasWarnings: Bool
  let warnings: [String]
  let answers: TableView?
  let contrasts: [ContrastView]
  let hasRuns: Bool
  let runs: [RunView]
  let registration: TableView?
  let methods: [String]
  let provenance: [FactView]
  let truth: TableView?

  init(_ report: ParticipantReport) throws(ReportError) {
    title = report.title
    participant = report.participant
    session = report.session
    question = report.question
    space = report.space
    style = ReportTemplates.style
    warnings = report.warnings + report.registration.compactMap(\.problem)
    hasWarnings = !warnings.isEmpty
    answers = answerTable(of: report.contrasts)
    // The page stays small however many contrasts there are: the slices get coarser.
    let share = min(1, 6 / Double(max(1, report.contrasts.count)))
    var contrasts: [ContrastView] = []
    for section in report.contrasts {
      let width = max(24, 120 * share.squareRoot())
      contrasts.append(
        try ContrastView(section, space: report.space, pictureWidth: width)
      )
    }
    self.contrasts = contrasts
    var runs: [RunView] = []
    for run in report.runs { runs.append(try RunView(run)) }
    self.runs = runs
    hasRuns = !runs.isEmpty
    registration = registrationTable(of: report.registration)
    methods = report.methods
    provenance = report.provenance.map { FactView(name: $0.name, value: $0.value) }
    truth = report.truth.map { TableView($0) }
  }
}

/// The first thing a reader sees: per contrast the strongest place and the strongest regions.
private func answerTable(of contrasts: [ContrastSection]) -> TableView? {
  guard !contrasts.isEmpty else { return nil }
  return TableView(
    ReportTable(
      caption: "One row per contrast; p is two-sided for t, of the upper tail for F, and "
        + "uncorrected.",
      columns: [.init("Contrast"), .init("Map"), .init("Strongest regions of the first atlas")],
      rows: contrasts.map { section in
        let digits = NumberWords.digits(for: section.regions.map(\.effect))
        let first = section.regions.filter { $0.atlas == section.regions.first?.atlas }
        let regions = strongestFirst(first).prefix(3).filter { $0.p.isFinite }
        let words = regions.map { line in
          let degrees = NumberWords.degrees(
            line.numeratorDegreesOfFreedom,
            line.degreesOfFreedom
          )
          let found =
            line.numeratorDegreesOfFreedom == nil
            ? "\(NumberWords.decimal(line.effect, digits)) \(section.unit)"
            : "F(\(degrees)) = \(NumberWords.decimal(line.f, 2))"
          return
            "\(sided(line.region, line.hemisphere)): \(found), p \(equals(NumberWords.p(line.p)))"
        }
        let text = words.isEmpty ? "none" : words.joined(separator: "\n")
        return [section.name, answer(of: section), text]
      }
    )
  )
}

/// The text of a p value after its name.
func equals(_ text: String) -> String { text.hasPrefix("<") ? text : "= \(text)" }

private func registrationTable(of checks: [CheckLine]) -> TableView? {
  guard !checks.isEmpty else { return nil }
  let table = ReportTable(
    caption: "How well the brain was brought to the template.",
    columns: [
      .init("Check"), .init("Found", isNumeric: true), .init("Expected"), .init("To mind"),
    ],
    rows: checks.map { [$0.name, $0.value, $0.expectation, $0.problem ?? ""] }
  )
  return TableView(table, strong: Set(checks.indices.filter { checks[$0].problem != nil }))
}
