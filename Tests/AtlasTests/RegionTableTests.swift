import Atlas
import Files
import TestData
import Testing

private func row(_ name: String) -> RegionRow {
  let weights = RegionWeights(
    region: Region(label: 1, name: name, hemisphere: .left),
    voxels: [(place: 0, weight: 1.0 / 27)],
    coverage: 0.1
  )
  return RegionRow(
    participantID: "01",
    session: nil,
    task: "pain",
    run: "2",
    contrast: "heat, \"hot\"",
    atlas: "pain-network",
    weights: weights,
    space: "MNI152NLin6Asym",
    unit: "% signal change"
  )
}

@Suite("Region tables")
struct RegionTableTests {
  @Test("The columns stand in the promised order")
  func columns() {
    let promised = """
      participant_id session task atlas region hemisphere contrast voxels coverage effect \
      standard_error t f df_numerator df z p weight_sum run run_count mean_voxel_effect \
      share_fdr05 peak_z peak_x_mm peak_y_mm peak_z_mm peak_native_x_mm peak_native_y_mm peak_native_z_mm \
      laterality side_of side space unit flags
      """
    #expect(RegionTable.columns == promised.split(separator: " ").map(String.init))
  }

  @Test("What is absent is n/a, and numbers keep every digit")
  func text() {
    var one = row("S1")
    one.effect = 0.1
    one.p = 1e-300
    one.peak = [-12, 0.5, 3]
    let line = RegionTable.text([one]).split(separator: "\n").last.map(String.init)
    let expected = [
      "01", "n/a", "pain", "pain-network", "S1", "L", #""heat, ""hot""""#, "0.037037037037037035",
      "0.1", "0.1", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "1e-300", "n/a", "2", "n/a", "n/a",
      "n/a", "n/a", "-12",
      "0.5", "3", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "MNI152NLin6Asym", "% signal change",
      "under_2_voxels",
    ].joined(separator: ",")
    #expect(line == expected)
  }

  @Test(
    "What is written is read back the same",
    arguments: [
      "plain", "a, b", "\"quoted\"", "two\nlines", "Gyrus, \"left\"\r\n", "naïve", "=1+1",
    ]
  )
  func roundTrip(name: String) throws {
    var full = row(name)
    full.session = "2"
    full.run = nil
    full.effect = -1.0 / 3
    full.standardError = .leastNonzeroMagnitude
    full.t = 1e22
    full.f = 3.5
    full.numeratorDegreesOfFreedom = 2
    full.degreesOfFreedom = 217.25
    full.runCount = 3
    full.z = -8.5
    full.p = 0
    full.weightSum = 2
    full.meanVoxelEffect = 0.1 + 0.2
    full.shareFDR05 = 0
    full.peakZ = -3
    full.peak = [1, -2, 3]
    full.peakNative = [0.1, 0.2, 0.3]
    (full.laterality, full.reference, full.referenceSide) = (.contra, .affected, .right)
    full.flags = [.empty, .lowCoverage, .fewerRuns]
    let path = try SharedData.temporaryFolder() + "/regions.csv"
    try RegionTable.write([row(name), full], to: path)
    #expect(try RegionTable.read(path) == [row(name), full])
  }

  @Test("A missing column, a ragged line and a word for a number are refused by name")
  func refused() throws {
    let text = RegionTable.text([row("a")])
    #expect(throws: AtlasError(path: "x", reason: .missingColumn("coverage"))) {
      try RegionTable.rows(text.replacing("coverage", with: "cover"), path: "x")
    }
    let ragged = #expect(throws: AtlasError.self) {
      try RegionTable.rows(text + "01,n/a\n", path: "x")
    }
    #expect(ragged?.description.hasPrefix("x:3: 2 cells") == true)
    let side = #expect(throws: AtlasError.self) {
      try RegionTable.rows(text.replacing("n/a,MNI", with: "links,MNI"), path: "x")
    }
    #expect(side?.description == "x:2: 'side' is 'links', which means nothing there")
    let word = #expect(throws: AtlasError.self) {
      try RegionTable.rows(text.replacing(",0.1,n/a,", with: ",some,n/a,"), path: "x")
    }
    #expect(word?.description == "x:2: 'coverage' is 'some', neither a number nor n/a")
  }
}
