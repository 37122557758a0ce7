import Files
import Imaging
import NIfTI
import TestData
import Testing

@Suite("Writing NIfTI")
struct WritingTests {
  /// An oblique grid whose first axis runs to the left, as scanners store it.
  static let grid = Grid(
    dimensions: [5, 4, 3],
    affine: Affine([-3, 0, 0, 10], [0, 2.4, -1.8, -20], [0, 1.8, 2.4, 5.5])
  )

  private func volume() throws -> Volume {
    let grid = try #require(Self.grid)
    return Volume(grid: grid, values: (0..<grid.voxelCount).map { Float($0) * 0.25 - 3 })
  }

  @Test("Floats, space, both forms and the text come back", arguments: ["/x.nii.gz", "/x.nii"])
  func floats(name: String) throws {
    let path = try SharedData.temporaryFolder() + "/maps" + name
    var volume = try volume()
    volume.values[7] = .nan
    try writeVolume(volume, to: path, spaceIsTemplate: true, description: "effect, %")
    let image = try readSeries(path)
    let read = image.series.volume(0)
    #expect(read.values.map(\.bitPattern) == volume.values.map(\.bitPattern))
    #expect(image.header.sformCode == 4 && image.header.qformCode == 4)
    #expect(image.header.description == "effect, %")
    #expect(image.header.dimensions == [5, 4, 3])
    // Both forms were written, and agree to what float32 holds.
    #expect(image.notes.isEmpty)
    #expect((read.grid.affine([4, 3, 2]) - volume.grid.affine([4, 3, 2])).length < 1e-5)
  }

  @Test("Integers come back within half a step, zeros as zeros")
  func integers() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii.gz"
    let volume = try volume()
    try writeVolume(
      volume,
      to: path,
      spaceIsTemplate: false,
      description: "",
      encoding: .int16
    )
    let read = try readVolume(path)
    // Values reach 11.75, in 32,767 steps.
    for (a, b) in zip(read.values, volume.values) { #expect(abs(a - b) <= 11.75 / 32767 * 0.51) }
    #expect(read.values[12] == 0)
    #expect(try readHeader(path).spaceCode == 1)
    var broken = volume
    broken.values[6] = .infinity
    #expect(throws: NIfTIError(path: path, reason: .notFinite(voxel: [1, 1, 0]))) {
      try writeVolume(broken, to: path, spaceIsTemplate: false, description: "", encoding: .int16)
    }
  }

  @Test("A map of zeros and one of huge values are written as integers too")
  func extremes() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii.gz"
    var volume = try volume()
    for value in [Float(0), 1e38, -1e-30, .leastNonzeroMagnitude] {
      volume.values = volume.values.map { _ in value }
      try writeVolume(volume, to: path, spaceIsTemplate: false, description: "", encoding: .int16)
      let read = try readVolume(path).values[0]
      #expect(abs(read - value) <= max(abs(value) * 2e-5, 1e-38))
    }
  }

  @Test("A run keeps its integers, slope, volumes and repetition time")
  func series() throws {
    let path = try SharedData.temporaryFolder() + "/x_bold.nii.gz"
    let grid = try #require(Self.grid)
    let samples = (0..<grid.voxelCount * 3).map { Int16($0 * 100 - 9000) }
    let series = ImageSeries(
      grid: grid,
      volumeCount: 3,
      encoding: .int16,
      bytes: samples.withUnsafeBytes { Array($0) },
      slope: 0.5,
      intercept: 100
    )
    try writeSeries(
      series,
      to: path,
      repetitionTime: 2.2,
      spaceIsTemplate: true,
      description: String(repeating: "é", count: 60)
    )
    let image = try readSeries(path)
    #expect(image.series.everyValue == samples.map { Double($0) * 0.5 + 100 })
    #expect(image.header.repetitionTime.map(Float.init) == 2.2)
    #expect(image.header.timeUnit == .seconds && image.header.dimensions == [5, 4, 3, 3])
    // 79 bytes hold 39 characters of two bytes.
    #expect(image.header.description == String(repeating: "é", count: 39))
  }

  @Test("Axes that are not at right angles are written to the sform alone")
  func sheared() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii"
    let affine = Affine([2, 0.5, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0])
    let grid = try #require(Grid(dimensions: [2, 2, 2], affine: affine))
    let volume = Volume(grid: grid, values: [Float](repeating: 1, count: 8))
    try writeVolume(volume, to: path, spaceIsTemplate: false, description: "")
    let header = try readHeader(path)
    #expect(header.qformCode == 0 && header.sformCode == 1 && header.affine == affine)
  }

  @Test("Labels above 127 and above 2^24 keep their numbers; what is no label is refused")
  func labels() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii"
    let grid = try #require(Grid(dimensions: [2, 2, 1], affine: .identity))
    let stored: [Int32] = [0, 200, 16_777_217, 2_147_483_647]
    let series = ImageSeries(
      grid: grid,
      volumeCount: 1,
      encoding: .int32,
      bytes: stored.withUnsafeBytes { Array($0) }
    )
    try writeSeries(series, to: path, repetitionTime: 0, spaceIsTemplate: true, description: "")
    #expect(try readLabels(path).labels == stored)
    for (bad, word) in [(Float(1.5), "1.5"), (.nan, "n/a"), (-1, "-1"), (3e9, "3e+09")] {
      let volume = Volume(grid: grid, values: [0, 1, bad, 2])
      try writeVolume(volume, to: path, spaceIsTemplate: true, description: "")
      let error = #expect(throws: NIfTIError.self) { try readLabels(path) }
      #expect(error?.description.contains("\(word) at voxel (0, 1, 0)") == true || word == "3e+09")
    }
  }
}
