import Atlas
import BIDS
import Cohort
import Testing

@Suite("Tables of a comparison")
struct CohortTablesTests {
  @Test("The columns stand in one order, and absent values are n/a")
  func columns() throws {
    var rows = CohortFixture.rows([1, 1, 1], [2, 2], region: "insula, left")
    rows[0].coverage = 0.2
    rows.append(CohortFixture.row("f4", 1, region: "insula, left"))
    let text = CohortTables.regions(try compareGroups(CohortFixture.request(rows)))
    let table = try Table(text: text, path: "group.csv", separator: .comma)
    #expect(
      table.columns == [
        "comparison", "task", "contrast", "atlas", "region", "hemisphere",
        "laterality", "side_of", "n", "n_a", "n_b",
        "mean_a", "mean_b", "sd_a", "sd_b", "difference", "standard_error", "ci_low", "ci_high",
        "g", "g_low", "g_high", "t", "df", "p", "q", "weight_sum", "space", "unit", "left_out",
        "problem",
      ]
    )
    #expect(table.rows.count == 1)
    #expect(table.column("comparison") == ["group:FM-HC"])
    #expect(table.column("region") == ["insula, left"])
    #expect(table.column("n_a") == ["3"])
    #expect(table.column("mean_b") == ["2"])
    #expect(table.column("p") == ["n/a"])
    #expect(table.column("left_out") == ["f1: only 20 % of the region in view"])
    #expect(table.column("problem")?[0].contains("same") == true)
  }
}
