import Atlas
import BIDS
import Cohort
import Job
import Statistics
import Testing

@Suite("Comparing groups")
struct CompareGroupsTests {
  // SciPy 1.x: ttest_ind(equal_var=False) and its interval, and false_discovery_control; g with
  // J = exp(gammaln(df/2) - gammaln((df-1)/2)) / sqrt(df/2) in NumPy.
  @Test("Differences, intervals, t, df, p, g and q are those of SciPy")
  func numbers() throws {
    let rows =
      CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
      + CohortFixture.rows(
        [0.1, 0.2, 0.15, 0.3, 0.05, 0.12, 0.22],
        [0.12, 0.2, 0.1, 0.25, 0.16],
        region: "PAG"
      )
      + CohortFixture.rows(
        [1, 1.2, 0.9, 1.4, 1.1, 0.8, 1.3],
        [0.9, 0.7, 1.0, 0.6, 1.1],
        region: "thalamus"
      )
    let result = try compareGroups(CohortFixture.request(rows))
    #expect(result.regions.map(\.region) == ["aMCC", "PAG", "thalamus"])
    let region = result.regions[0]
    let test = try #require(region.test)
    func close(_ a: Double?, _ b: Double) -> Bool { abs((a ?? .nan) - b) < 1e-12 * max(1, abs(b)) }
    #expect(region.first.count == 7 && region.second.count == 5)
    #expect(close(region.first.mean, 0.7142857142857144))
    #expect(close(region.second.mean, 0.28200000000000003))
    #expect(close(region.first.standardDeviation, 0.25657079223592744))
    #expect(close(test.t, 4.000231545167721))
    #expect(close(test.degreesOfFreedom, 8.506465500043001))
    #expect(close(test.p, 0.00348513492222651))
    // The quantile of t is found by iteration in both programs.
    #expect(abs(test.interval.lower - 0.18564609236311877) < 1e-9)
    #expect(abs(test.interval.upper - 0.67892533620831) < 1e-9)
    #expect(close(test.hedgesG, 1.983350976658249))
    #expect(test.hedgesGInterval.lower > 0.5 && test.hedgesGInterval.lower < test.hedgesG)
    #expect(test.hedgesGInterval.upper > test.hedgesG)
    let rates = [0.01045540476667953, 0.9414200142998427, 0.1259785868088032]
    for (region, rate) in zip(result.regions, rates) { #expect(close(region.q, rate)) }
  }

  @Test("The order of the rows changes no number, and the same seed gives the same intervals")
  func order() throws {
    let rows = CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
    let one = try compareGroups(CohortFixture.request(rows))
    let other = try compareGroups(CohortFixture.request(rows.reversed()))
    #expect(one.regions == other.regions)
    #expect(CohortTables.regions(one) == CohortTables.regions(other))
  }

  @Test("Swapping the groups turns every sign")
  func swapped() throws {
    let rows = CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
    var request = try CohortFixture.request(rows)
    let forth = try #require(try compareGroups(request).regions.first?.test)
    request.comparison = Comparison(column: "group", first: "HC", second: "FM")
    let back = try #require(try compareGroups(request).regions.first?.test)
    #expect(abs(forth.t + back.t) < 1e-12)
    #expect(abs(forth.hedgesG + back.hedgesG) < 1e-12)
    #expect(abs(forth.p - back.p) < 1e-15)
  }

  @Test("Each contrast and atlas is its own family")
  func families() throws {
    var rows = CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
    for row in rows {
      var other = row
      other.contrast = "warm"
      rows.append(other)
    }
    let regions = try compareGroups(CohortFixture.request(rows)).regions
    #expect(regions.map(\.q) == regions.map(\.test?.p))
  }

  @Test("A contrast without effects is not compared, and that is said")
  func noEffects() throws {
    let rows =
      CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
      + ["f1", "h1"].map { CohortFixture.row($0, nil, contrast: "anything") }
    let result = try compareGroups(CohortFixture.request(rows))
    #expect(result.regions.map(\.contrast) == ["pain"])
    #expect(result.notes.first?.contains("anything") == true)
  }

  @Test("Values that do not vary give no test but a reason")
  func noVariance() throws {
    let rows = CohortFixture.rows([1, 1, 1], [2, 2])
    let region = try #require(try compareGroups(CohortFixture.request(rows)).regions.first)
    #expect(region.test == nil)
    #expect(region.q == nil)
    #expect(region.problem?.contains("same") == true)
    #expect(region.first.mean == 1)
  }
}
