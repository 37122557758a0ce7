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

  @Test("That of the regions describes the columns of the region tables, and no other")
  func regions() throws {
    let columns = """
      participant_id session task atlas region hemisphere contrast voxels coverage effect \
      standard_error t df z p weight_sum run mean_voxel_effect share_fdr05 peak_z peak_x_mm \
      peak_y_mm peak_z_mm peak_native_x_mm peak_native_y_mm peak_native_z_mm space unit flags
      """
    let expected = Set(columns.split(separator: " ").map(String.init))
    #expect(Set(try entries(.regions).keys) == expected)
  }
}
