import Atlas
import BIDS
import Cohort
import Statistics
import Testing

@Suite("Regions compared by a design")
struct CompareRegionsTests {
  private let fm = [0.9, 1.4, 1.1, 1.8, 1.3, 0.7, 1.6]
  private let hc = [0.2, 0.5, 0.1, 0.6, 0.4]

  private func design() throws -> GroupDesign {
    try makeGroupDesign(
      GroupDesignRequest(
        participants: (1...7).map { "f\($0)" } + (1...5).map { "h\($0)" },
        phenotype: try CohortFixture.phenotype(),
        question: .twoSample(column: "group", first: "FM", second: "HC")
      )
    )
  }

  // Welch's test has its own tests against R and closed forms.
  @Test("Two groups with variances apart are Welch's test, and who has no value is named")
  func welch() throws {
    var rows =
      CohortFixture.rows(fm, hc)
      + CohortFixture.rows(hc + [1, 2], Array(fm.prefix(5)), region: "S2")
    rows.removeAll { $0.participantID == "h5" && $0.region == "S2" }
    let index = try #require(rows.firstIndex { $0.participantID == "f7" && $0.region == "S2" })
    rows[index] = CohortFixture.row("f7", 2, region: "S2", coverage: 0.3)
    let found = try compareRegions(RegionCohortRequest(design: try design(), rows: rows))
    let family = try #require(found.first)
    #expect(found.count == 1 && family.question == "FM-HC")
    #expect(family.regions.map(\.region) == ["aMCC", "S2"])
    let first = try #require(family.regions[0].estimate)
    let test = try welchTest(fm, hc)
    #expect(abs(first.t - test.t) < 1e-9 && abs(first.p - test.p) < 1e-9)
    #expect(abs(first.degreesOfFreedom - test.degreesOfFreedom) < 1e-8)
    #expect(abs(first.interval.lower - test.interval.lower) < 1e-9)
    #expect(abs((first.standardised?.value ?? .nan) - test.hedgesG) < 1e-9)
    #expect(first.familyP ?? 1 <= 0.05)
    #expect(
      family.regions[1].leftOut == [
        LeftOut(participant: "f7", reason: .coverage(0.3)),
        LeftOut(participant: "h5", reason: .noRow),
      ]
    )
    #expect(family.regions[1].estimate?.participants.count == 10)
    #expect(family.permutation?.arrangements.resampling == .residualFlips)
    // 2^12 flips are fewer than 10,000.
    #expect(family.permutation?.arrangements.count == 4096)
    let holm = try #require(family.regions[0].holmP)
    #expect(abs(holm - 2 * first.p) < 1e-12)
  }

  @Test("Rows of different units are refused")
  func units() throws {
    var rows = CohortFixture.rows(fm, hc)
    rows[3].unit = "beta"
    #expect(
      throws: CohortError.mixed(
        "unit",
        contrast: "pain",
        values: ["beta", "percent signal change"]
      )
    ) {
      try compareRegions(RegionCohortRequest(design: try design(), rows: rows))
    }
  }
}
