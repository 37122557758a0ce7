import Atlas
import Testing

@Suite("The pain network")
struct PainNetworkTests {
  @Test("It loads, and is listed")
  func loads() throws {
    let atlas = try loadAtlas("pain-network")
    #expect(builtInAtlasNames == ["pain-network"])
    #expect(atlas.regions.count == 38)
  }
}
