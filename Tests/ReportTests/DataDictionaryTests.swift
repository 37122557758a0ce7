import Atlas
import Cohort
import FoundationEssentials
import Report
import Testing

@Suite("Data dictionaries")
struct DataDictionaryTests {
  private struct Entry: Decodable {
    let description: String

    /// BIDS writes its keys with a capital.
    enum CodingKeys: String, CodingKey {
      case description = "Description"
    }
  }

  private func entries(_ dictionary: DataDictionary) throws -> [String: Entry] {
    try JSONDecoder().decode([String: Entry].self, from: Data(dictionary.json.utf8))
  }

  @Test("Every one is JSON with a description of every column", arguments: DataDictionary.allCases)
  func readable(dictionary: DataDictionary) throws {
    let entries = try entries(dictionary)
    #expect(!entries.isEmpty)
    #expect(entries.values.allSatisfy { $0.description.hasSuffix(".") })
  }

  @Test(
    "Each describes the columns of its tables in their order, and no other",
    arguments: [
      (DataDictionary.regions, RegionTable.columns),
      (.cohort, CohortTables.regionColumns + ["participant_id", "group", "side", "side_source"]),
    ]
  )
  func columns(dictionary: DataDictionary, columns: [String]) throws {
    #expect(Set(try entries(dictionary).keys) == Set(columns))
    let places = columns.compactMap {
      dictionary.json.firstRange(of: "\n  \"\($0)\": {")?.lowerBound
    }
    #expect(places.count == columns.count)
    #expect(places == places.sorted())
  }

  @Test("That of the cohort describes the table of participants too")
  func participants() throws {
    #expect(Set(try entries(.cohort).keys).isSuperset(of: CohortTables.participantColumns))
  }

  @Test("What grows with the length of the data is called no effect size")
  func effectSize() throws {
    for name in ["share_fdr05", "peak_z"] {
      let entry = try #require(try entries(.regions)[name])
      #expect(entry.description.contains("is no effect size"))
    }
  }
}
