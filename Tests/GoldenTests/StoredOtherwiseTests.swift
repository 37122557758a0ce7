import Atlas
import FoundationEssentials
import Glibc
import Imaging
import NIfTI
import TestData
import TestStudies
import Testing

/// The small simulation with a run that is stored, or lies, otherwise.
@Suite("Stored otherwise", .enabled(if: SharedData.isPresent))
struct StoredOtherwiseTests {
  /// Makes a dataset of links to the simulation, with its run images changed.
  private func dataset(_ change: (Int, ImageSeries) throws -> ImageSeries?) throws -> String {
    let root = try ScratchFolder().path
    let files = FileManager.default
    try files.createDirectory(atPath: root + "/sub-01/func", withIntermediateDirectories: true)
    for path in paths(below: SmallSimulation.dataset) where !path.hasPrefix("derivatives") {
      let source = SmallSimulation.dataset + "/" + path
      let run = path.contains("run-1") ? 1 : 2
      if path.hasSuffix("bold.nii.gz"), let changed = try change(run, readSeries(source).series) {
        try writeSeries(
          changed,
          to: root + "/" + path,
          repetitionTime: 2,
          spaceIsTemplate: true,
          description: "stored otherwise"
        )
      } else {
        try files.createSymbolicLink(atPath: root + "/" + path, withDestinationPath: source)
      }
    }
    return root
  }

  /// The largest difference of the regions' effects, in standard errors of the unchanged ones.
  private func difference(_ one: [String: RegionRow], _ other: [String: RegionRow]) throws -> Double
  {
    try #require(one.count > 10 && one.count == other.count)
    return try one.map { region, row in
      let partner = try #require(other[region])
      let changed = try #require(partner.effect)
      return abs(changed - (try #require(row.effect))) / (try #require(row.standardError))
    }
    .max() ?? .nan
  }

  /// How the second run lies 4 mm away.
  enum Move: String, CaseIterable, Sendable {
    /// Its header says so: the head was moved with the grid.
    case header

    /// Its voxels are one further along the second axis: the head was moved within the grid.
    case voxels

    /// Its header says so, and turns the grid by 3 degrees about the first axis.
    case turned
  }

  @Test(
    "A second run whose head lies 4 mm away is brought back: all runs on one grid",
    arguments: Move.allCases
  )
  func moved(by move: Move) throws {
    let usual = try SmallSimulation.shared.get()
    let changed = try SmallSimulation(
      of: dataset { run, series in run == 2 ? try Self.moved(series, by: move) : nil }
    )
    #expect(changed.outcome.code == 0, "\(changed.outcome.words)")
    for contrast in ["heat_high", "heat_low"] {
      let second = try difference(
        usual.rows(of: contrast, run: "2"),
        changed.rows(of: contrast, run: "2")
      )
      let together = try difference(
        usual.rows(of: contrast, run: nil),
        changed.rows(of: contrast, run: nil)
      )
      print("\(contrast), run 2 \(move): \(second), over runs \(together) standard errors")
      // The voxels are the same ones; what differs is where the alignment ends, a few hundredths of
      // a millimetre apart. Left 4 mm away, effects differ by up to 4 standard errors.
      #expect(second < 0.25 && together < 0.25)
    }
    let grids = try [1, 2].map { try changed.map(of: "heathigh", run: $0, "t").grid }
    #expect(grids[0] == grids[1])
  }

  /// The series 4 mm away.
  private static func moved(_ series: ImageSeries, by move: Move) throws -> ImageSeries {
    let angle = 3 * Double.pi / 180
    let turn = Affine(
      [1, 0, 0, 0],
      [0, cos(angle), -sin(angle), 4],
      [0, sin(angle), cos(angle), 0]
    )
    let way: Affine =
      switch move {
      case .header: .scaling([1, 1, 1], then: [0, 4, 0])
      case .voxels: .identity
      case .turned: turn
      }
    var bytes = series.bytes
    if move == .voxels {
      // A whole row further in memory; what leaves the grid at one end is air.
      let row = series.grid.dimensions.x * series.encoding.byteCount
      bytes.removeLast(row)
      bytes.insert(contentsOf: Array(repeating: 0, count: row), at: series.offset)
    }
    return try series.replacing(bytes, affine: way * series.grid.affine)
  }

  @Test("Stored from left to right or from right to left, left is left")
  func mirrored() throws {
    let usual = try SmallSimulation.shared.get()
    let changed = try SmallSimulation(of: dataset { _, series in try Self.reversed(series) })
    #expect(changed.outcome.code == 0, "\(changed.outcome.words)")
    for contrast in ["heat_high", "heat_low"] {
      let (one, other) = (
        try usual.rows(of: contrast, run: nil), try changed.rows(of: contrast, run: nil)
      )
      let largest = try difference(one, other)
      print("\(contrast), stored in reverse: \(largest) standard errors")
      // Sums run in another order, and a reference of float32 differs in its last digits.
      #expect(largest < 0.1)
      for (region, row) in one { #expect(other[region]?.hemisphere == row.hemisphere) }
      // The truth is not symmetric, so a swap of the sides would show: by this much.
      let paired = one.filter { other[Self.otherSide($0.key)] != nil }
      let sides = Dictionary(
        uniqueKeysWithValues: paired.keys.map { ($0, other[Self.otherSide($0)]) }
      )
      let swapped = try difference(paired, sides.compactMapValues(\.self))
      #expect(swapped > 1, "\(swapped)")
    }
  }

  /// The name of the region on the other side, where there is one.
  private static func otherSide(_ region: String) -> String {
    if region.hasSuffix("_L") { return region.dropLast(2) + "_R" }
    return region.hasSuffix("_R") ? region.dropLast(2) + "_L" : region
  }

  /// The same image with its first axis stored the other way round.
  private static func reversed(_ series: ImageSeries) throws -> ImageSeries {
    let (width, count) = (series.grid.dimensions.x, series.encoding.byteCount)
    var bytes = series.bytes
    let rows = series.grid.voxelCount / width * series.volumeCount
    for row in 0..<rows {
      for x in 0..<width {
        for byte in 0..<count {
          let from = series.offset + (row * width + x) * count + byte
          bytes[series.offset + (row * width + width - 1 - x) * count + byte] = series.bytes[from]
        }
      }
    }
    let flip = Affine.scaling([-1, 1, 1], then: [Double(width - 1), 0, 0])
    return try series.replacing(bytes, affine: series.grid.affine * flip)
  }
}

extension ImageSeries {
  /// Returns the series with other samples in another place.
  fileprivate func replacing(_ bytes: [UInt8], affine: Affine) throws -> ImageSeries {
    ImageSeries(
      grid: try #require(Grid(dimensions: grid.dimensions, affine: affine)),
      volumeCount: volumeCount,
      encoding: encoding,
      bytes: bytes,
      offset: offset,
      slope: slope,
      intercept: intercept
    )
  }
}
