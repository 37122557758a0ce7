import Imaging
import Report
import Testing

@Suite("A participant's page")
struct ParticipantPageTests {
  @Test("Six contrasts and nine runs stay under 3 MB, with no script and nothing from elsewhere")
  func size() throws {
    let page = try render(SampleReport.participant(contrasts: 6, runs: 9))
    #expect(page.utf8.count < 3_000_000)
    #expect(!page.lowercased().contains("<script"))
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(!page.contains("{{"))
    try keep(page, as: "six.html")
  }

  @Test("Voxels of 1 mm and a dozen contrasts stay under 3 MB")
  func fineVoxels() throws {
    var report = SampleReport.participant(contrasts: 1, runs: 1, voxelSize: 1)
    report.contrasts = (0..<12).map { _ in report.contrasts[0] }
    #expect(try render(report).utf8.count < 3_000_000)
  }

  @Test("The first screen names the participant, the question, the warnings and the findings")
  func firstScreen() throws {
    let page = try render(SampleReport.participant())
    try keep(page, as: "participant.html")
    let wanted = ["<h1>sub-07", "the pain rating?</p>", "the sidecar’s was used", "Strongest: "]
    let places = wanted.map { page.firstRange(of: $0)?.lowerBound ?? page.endIndex }
    #expect(places == places.sorted() && !places.contains(page.endIndex))
    #expect(page.contains("anterior insula, right, z = 7.42 at 38, 4, 4 mm"))
  }

  @Test(
    "Names from the data cannot become part of the page",
    arguments: [
      "<script>alert(1)</script>", "\" onload=\"x", "</style><img src=x>", "a & b < c",
      "\"\u{301} onload=x", "<\u{338}script", "it's",
    ]
  )
  func hostile(name: String) throws {
    let page = try render(named(name))
    let harmless = try render(named("name"))
    // As many tags and quotation marks as with a harmless name, so none was added.
    for mark in ["<", ">", "\"", "'"] as [Unicode.Scalar] {
      let (found, expected) = (count(mark, in: page), count(mark, in: harmless))
      #expect(found == expected)
    }
  }

  @Test("A participant without runs and contrasts still has a page")
  func empty() throws {
    let report = ParticipantReport(title: "", participant: "sub-1", question: "", space: "native")
    #expect(try render(report).contains("</html>"))
  }

  @Test("A carpet is a picture with a pixel per volume and row, its scale in words")
  func carpet() throws {
    var report = SampleReport.participant(contrasts: 1, runs: 1)
    report.runs[0].carpet = CarpetPicture(rowCount: 3, values: [-9, -1, 0, 0, 1, 9], limit: 1.5)
    let page = try render(report)
    #expect(page.contains("Signal change, black \u{2212}1.50 %, white +1.50 %"))
    #expect(page.contains("in 3 bundles of voxels over 2 volumes"))
    report.runs[0].carpet = nil
    #expect(!(try render(report)).contains("bundles of voxels"))
  }

  @Test("The same report gives the same bytes")
  func deterministic() throws {
    let report = SampleReport.participant(contrasts: 1, runs: 1)
    #expect(try render(report) == render(report))
  }

  @Test("A map of nothing but NaN, a run without volumes and empty columns do not stop the page")
  func degenerate() throws {
    var report = SampleReport.participant(contrasts: 1, runs: 1)
    let grid = try #require(Grid(dimensions: [1, 1, 1], affine: .identity))
    report.contrasts[0].statistic = Volume(grid: grid, values: [.nan])
    report.contrasts[0].background = Volume(grid: grid, values: [.infinity])
    var run = RunSection(
      name: "r",
      repetitionTime: .nan,
      repetitionTimeSource: "",
      referenceTime: "",
      volumeCount: 0
    )
    run.censoredVolumes = [-1, 5]
    run.motion = MotionTrace(
      translations: [],
      rotations: [[.nan, .infinity, 1e300]],
      displacements: [.nan],
      threshold: .infinity,
      meanDisplacement: .nan,
      largestDisplacement: .nan
    )
    run.carpet = CarpetPicture(rowCount: 3, values: [.nan, .infinity, 1], limit: .nan)
    run.design = DesignPicture(names: ["a", "b"], columns: [[.nan, 1], []])
    report.runs = [run]
    #expect(try render(report).contains("n/a"))
  }

  /// A report in which every word from the data is the given one.
  private func named(_ name: String) -> ParticipantReport {
    var report = SampleReport.participant(contrasts: 1, runs: 1)
    report.title = name
    report.participant = name
    report.warnings = [name]
    report.runs[0].name = name
    report.runs[0].design?.names[0] = name
    report.contrasts[0].name = name
    report.contrasts[0].unit = name
    report.contrasts[0].regions[0].region = name
    report.provenance = [(name, name)]
    return report
  }

  private func count(_ mark: Unicode.Scalar, in page: String) -> Int {
    page.unicodeScalars.count { $0 == mark }
  }
}
