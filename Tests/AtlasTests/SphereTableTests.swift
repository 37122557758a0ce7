import Atlas
import Files
import Imaging
import TestData
import Testing

private let head = "label\tname\themisphere\tx\ty\tz\tradius_mm\tspace\n"

@Suite("Tables of spheres that a person edits")
struct SphereTableTests {
  let path: String

  init() throws { path = try SharedData.temporaryFolder() + "/mine.tsv" }

  private func load(_ rows: String, head: String = head, space: String = "") throws -> RegionAtlas {
    try writeAtomically(Array((head + rows).utf8), to: path)
    return try loadAtlas(path + space)
  }

  @Test("A table with Windows line ends and sparse labels above 127 keeps its names")
  func loads() throws {
    let atlas = try load(
      "900\tPAG, level\tM\t0\t-28\t-14\t2\tMNI152NLin6\r\n7\tx\tL\t-9\t0\t0\t1\t\r\n"
    )
    #expect(atlas.regions.map(\.label) == [7, 900])
    #expect(atlas.regions.map(\.name) == ["x", "PAG, level"])
    #expect(atlas.space == "MNI152NLin6Asym")
    // A000605: 33 points of whole coordinates in a ball of radius 2, 7 in one of radius 1.
    #expect(atlas.labels.labels.count { $0 == 900 } == 33)
    #expect(atlas.labels.labels.count { $0 == 7 } == 7)
    #expect(atlas.name == "mine")
  }

  @Test("Spheres that touch are refused by name")
  func overlap() {
    #expect(throws: AtlasError(path: path, reason: .overlap("a", "b"))) {
      try load("1\ta\tL\t-9\t0\t0\t5\tMNI152NLin6\n2\tb\tR\t1\t0\t0\t5\tMNI152NLin6\n")
    }
  }

  @Test(
    "A row that cannot be right is refused with its line",
    arguments: [
      "1\ta\tL\t9\t0\t0\t5\tS", "1\ta\tR\t-9\t0\t0\t5\tS", "1\ta\tleft\t-9\t0\t0\t5\tS",
      "0\ta\tL\t-9\t0\t0\t5\tS", "1\ta\tL\t-9\t0\t0\t0\tS", "1\ta\tL\t-9\tnan\t0\t5\tS",
      "1\ta\tL\t-9\t0\t0\t5", "3000000000\ta\tL\t-9\t0\t0\t5\tS", "1 a L -9 0 0 5 S",
      "1\ta\tL\t-9\t0\t1e300\t5\tS", "1\t\tL\t-9\t0\t0\t5\tS",
      "1\ta\tL\t-9\t-190\t0\t5\tS", "1\ta\tL\t-9.5\t0.5\t0\t0.1\tS",
    ]
  )
  func badRow(row: String) throws {
    let error = #expect(throws: AtlasError.self) {
      try load("5\tgood\tM\t0\t50\t0\t5\tS\n" + row + "\n")
    }
    #expect(error?.description.hasPrefix("\(path):3: ") == true)
  }

  @Test("Labels and names that stand twice, and a missing column, are refused")
  func twice() {
    let row = "1\ta\tL\t-9\t0\t0\t2\tS\n"
    #expect(throws: AtlasError(path: path, reason: .twice("label 1", line: 3))) {
      try load(row + "1\tb\tL\t-30\t0\t0\t2\tS\n")
    }
    #expect(throws: AtlasError(path: path, reason: .twice("name a", line: 3))) {
      try load(row + "2\ta\tL\t-30\t0\t0\t2\tS\n")
    }
    #expect(throws: AtlasError(path: path, reason: .missingColumn("radius_mm"))) {
      try load("", head: "label\tname\themisphere\tx\ty\tz\n")
    }
  }

  @Test("An unknown space is refused, a stated one taken, and two that differ refused")
  func space() throws {
    let row = "1\ta\tL\t-9\t0\t0\t2\t\n"
    #expect(throws: AtlasError(path: path, reason: .unknownSpace)) { try load(row) }
    #expect(try load(row, space: ":space=2009cAsym").space == "MNI152NLin2009cAsym")
    let reason = AtlasError.Reason.spaceGivenTwice(own: "MNI152NLin6Asym", given: "MNIColin27")
    #expect(throws: AtlasError(path: "pain-network", reason: reason)) {
      try loadAtlas("pain-network:space=Colin27")
    }
  }

  @Test("Two atlases that would write the same files are refused")
  func sameFiles() throws {
    try writeAtomically(Array((head + "1\ta\tL\t-9\t0\t0\t2\tS\n").utf8), to: path)
    let reason = AtlasError.Reason.sameFileLabel(other: path)
    #expect(throws: AtlasError(path: path, reason: reason)) { try loadAtlases([path, path]) }
    #expect(try loadAtlases(["pain-network", path]).map(\.name) == ["pain-network", "mine"])
  }

  @Test("A name that is neither built in nor a file lists what is built in")
  func unknown() {
    let error = #expect(throws: AtlasError.self) { try loadAtlas("pain-netwrok") }
    #expect(error?.description.contains("built in: pain-network") == true)
  }
}
