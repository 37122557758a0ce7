import Atlas
import BIDS
import Cohort
import Job
import Testing

@Suite("Who takes part")
struct MembershipTests {
  private func rows() -> [RegionRow] {
    CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
  }

  @Test("Everybody who is in no group is listed with the reason")
  func leftOut() throws {
    var request = try CohortFixture.request(
      rows() + ["x1", "x2", "x3"].map { CohortFixture.row($0, 1) },
      phenotype: "x2\tn/a\nx3\tNegativo - SUPRIMIR\nf8\tFM\n"
    )
    request.participants = ["sub-f1", "sub-f8", "sub-gone"]
    let result = try compareGroups(request)
    #expect(result.first.participants == ["f1", "f2", "f3", "f4", "f5", "f6", "f7"])
    #expect(result.second.participants == ["h1", "h2", "h3", "h4", "h5"])
    #expect(
      result.leftOut == [
        left("f8", .noResults), left("gone", .notInPhenotype), left("x1", .notInPhenotype),
        left("x2", .groupNotStated), left("x3", .otherGroup("Negativo - SUPRIMIR")),
      ]
    )
    #expect(result.rows.count == 12)
    let table = CohortTables.participants(result).split(separator: "\n")
    #expect(table.count == 1 + 12 + 5)
    #expect(table[0] == "participant_id,group,side,side_source,left_out")
    #expect(table[13] == "sub-f8,n/a,n/a,n/a,no region table")
  }

  @Test("The combined row counts once, a single run's stands in for it, several runs do not")
  func combined() throws {
    var rows = rows()
    rows += [
      CohortFixture.row("f1", 9, run: "1"), CohortFixture.row("f1", 9, run: "2"),
      CohortFixture.row("f8", 0.7, session: "1", run: "1"),
      CohortFixture.row("f9", 9, run: "1"), CohortFixture.row("f9", 9, run: "2"),
      CohortFixture.row("h8", 0.1, session: "1"),
      CohortFixture.row("h8", 9, session: "1", run: "1"),
      CohortFixture.row("h9", 9, session: "1"), CohortFixture.row("h9", 9, session: "2"),
    ]
    let result = try compareGroups(
      CohortFixture.request(rows, phenotype: "f8\tFM\nf9\tFM\nh8\tHC\nh9\tHC\n")
    )
    #expect(
      result.leftOut == [
        left("f9", .notCombined(["run-1", "run-2"])), left("h9", .notCombined(["ses-1", "ses-2"])),
      ]
    )
    // Means by hand: (5.00 + 0.7) / 8 and (1.41 + 0.1) / 6.
    let region = try #require(result.regions.first)
    #expect(abs((region.first.mean ?? 0) - 0.7125) < 1e-12)
    #expect(abs((region.second.mean ?? 0) - 1.51 / 6) < 1e-12)
  }

  @Test("A region that is out of view, n/a or absent leaves the participant out of it alone")
  func perRegion() throws {
    var rows = rows()
    rows[0].coverage = 0.49
    rows[1].coverage = nil
    rows[2].effect = nil
    rows[3].flags = [.lowCoverage]
    rows.remove(at: 4)
    rows += CohortFixture.rows(CohortFixture.fm, CohortFixture.hc, region: "PAG")
    rows[12].coverage = 0.7
    var request = try CohortFixture.request(rows)
    request.brainstemRegions = ["PAG"]
    let result = try compareGroups(request)
    #expect(result.first.participants.count == 7)
    #expect(
      result.regions[0].leftOut == [
        left("f1", .coverage(0.49)), left("f2", .coverage(nil)), left("f3", .noEffect),
        left("f4", .coverage(1)), left("f5", .noRow),
      ]
    )
    #expect(result.regions[0].first.count == 2)
    #expect(result.regions[1].leftOut.map(\.reason) == [.coverage(0.7)])
  }

  @Test("A region with one member in a group has no test but a reason")
  func tooFewInRegion() throws {
    let rows = rows().map { row in
      var row = row
      if row.participantID.hasPrefix("f"), row.participantID != "f1" { row.coverage = 0 }
      return row
    }
    let region = try #require(try compareGroups(CohortFixture.request(rows)).regions.first)
    #expect(region.test == nil)
    #expect(region.first.count == 1)
    #expect(region.problem?.contains("1 of the 2") == true)
  }

  @Test("A coverage that is no share is called unknown, whatever its size")
  func oddCoverage() {
    for share in [-1e300, 1e300, .nan, .infinity] {
      #expect(LeftOut.Reason.coverage(share).description.contains("not known"))
    }
    #expect(LeftOut.Reason.coverage(0.499).description.contains("49 %"))
  }

  private func left(_ participant: String, _ reason: LeftOut.Reason) -> LeftOut {
    LeftOut(participant: participant, reason: reason)
  }
}
