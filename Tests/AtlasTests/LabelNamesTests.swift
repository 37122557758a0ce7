import Atlas
import Files
import TestData
import Testing

@Suite("Names beside a label image")
struct LabelNamesTests {
  let folder: String
  let image: String

  init() throws {
    folder = try SharedData.temporaryFolder()
    image = folder + "/mine_space-MNI152NLin6Asym_res-2.nii.gz"
    try Phantom.write(image)
  }

  private func regions(_ file: String, _ text: String) throws -> [Region] {
    try writeAtomically(Array(text.utf8), to: folder + "/" + file)
    return try loadAtlas(image).regions
  }

  /// Each names 5 "Right one" and 300 "Left one", in the form of another maker.
  @Test(
    "Every maker's form gives sparse labels above 127 their own names",
    arguments: [
      (".tsv", "index\tname\tcolor\n300\tLeft one\t#fff\n5\tRight one\t#000\n"),
      (".tsv", "\u{FEFF}name\tindex\r\nLeft one\t300\r\nRight one\t5.0\r\n"),
      (
        ".json",
        #"{"rois": {"0": {"label": null}, "300": {"label": "Left one"}, "5": {"label": "Right one"}}}"#
      ),
      (".json", #"{"300": "Left one", "5": "Right one"}"#),
      (".txt", "300 Left one\n5 Right one\n"),
      (".txt", "300\tLeft one\t120\t18\t131\t0\n5\tRight one\t1\t2\t3\t0\n"),
      (
        ".lut",
        "# No. Label R G B A\n0 Unknown 0 0 0 0\n300 Left one 120 18 131 0\n5 Right one 1 2 3 0"
      ),
      (".txt", "300 1 2 3 1 1 1 \"Left one\"\n5 0 0 1 1 1 1 \"Right one\"\n"),
      (".lut", "300 0.1 0.2 0.3 Left one\n5 0 0 1 Right one\n"),
      (
        ".xml",
        #"<atlas><header><type>Probabilistic</type></header><data><label index="4" x="1">Right one</label><label index="299">Left one</label></data></atlas>"#
      ),
      (
        ".xml",
        #"<atlas><header><type>Label</type></header><data><label index="5" x="1">Right one</label><label index="300">Left one</label></data></atlas>"#
      ),
    ]
  )
  func forms(ending: String, text: String) throws {
    let regions = try regions("mine_space-MNI152NLin6Asym_res-2" + ending, text)
    #expect(regions.map(\.label) == [5, 300])
    #expect(regions.map(\.name) == ["Right one", "Left one"])
    #expect(regions.map(\.hemisphere) == [.right, .left])
  }

  @Test("Numbers that belong to a name stay in it")
  func numbersInNames() throws {
    let regions = try regions("mine.txt", "5 Area 3 1 2\n300 7 Networks 4\n")
    #expect(regions.map(\.name) == ["Area 3 1 2", "7 Networks 4"])
  }

  @Test("Names without the resolution, or without the space, are found too")
  func otherStems() throws {
    let table = "index\tname\n5\tone\n300\ttwo\n"
    #expect(try regions("mine.tsv", table).map(\.name) == ["one", "two"])
    let better = "index\tname\n5\tthree\n300\tfour\n"
    #expect(
      try regions("mine_space-MNI152NLin6Asym.tsv", better).map(\.name) == ["three", "four"]
    )
  }

  @Test("Without names the labels are the names, and the side is where the voxels lie")
  func unnamed() throws {
    let atlas = try loadAtlas(image)
    #expect(atlas.regions.map(\.name) == ["region-5", "region-300"])
    #expect(atlas.regions.map(\.hemisphere) == [.right, .left])
    #expect(atlas.notes.count == 1)
    #expect(atlas.name == "mine")
  }

  @Test("A named region without a voxel is a region, and a name used twice gets its label")
  func emptyAndTwice() throws {
    let regions = try regions("mine.tsv", "index\tname\n5\ta\n300\ta\n77\tgone\n")
    #expect(regions.map(\.name) == ["a", "gone", "a-300"])
    #expect(regions.map(\.label) == [5, 77, 300])
    #expect(try loadAtlas(image).notes.count == 2)
  }

  @Test("A name that tells the wrong side loses its side, with a note")
  func contradiction() throws {
    let regions = try regions("mine.tsv", "index\tname\n5\tLH_a\n300\tLH_b\n")
    #expect(regions.map(\.hemisphere) == [.none, .left])
    #expect(try loadAtlas(image).notes.first?.contains("LH_a") == true)
  }

  @Test("A list shorter than the labels is refused, since its order cannot be the label")
  func tooShort() {
    let path = folder + "/mine.txt"
    let reason = AtlasError.Reason.tooFewNames(count: 2, highestLabel: 300)
    #expect(throws: AtlasError(path: path, reason: reason)) {
      try regions("mine.txt", "Right one\nLeft one\n")
    }
  }

  @Test(
    "What cannot be understood is refused",
    arguments: [
      ("mine.tsv", "index\tname\nfive\ta\n"), ("mine.tsv", "a\tb\n1\t2\n"),
      ("mine.tsv", "index\tname\n5\ta\n5\tb\n"), ("mine.tsv", "index\tname\n-5\ta\n"),
      ("mine.json", "{\"rois\": "), ("mine.txt", "5 a\nb\n"),
      ("mine.xml", "<label idx=\"1\">a</label>"),
      ("mine.tsv", "index\tname\n99999999999\ta\n"),
    ]
  )
  func refused(file: String, text: String) {
    #expect(throws: AtlasError.self) { try regions(file, text) }
  }
}
