import Glibc
import Imaging
import Realignment
import Testing

@Suite("Signal quality")
struct SignalQualityTests {
  /// A series of some voxels in a row.
  func series(_ voxels: [[Double]]) throws -> MaskedSeries {
    let grid = try #require(Grid(dimensions: [voxels.count, 1, 1], affine: .identity))
    var series = MaskedSeries(zerosIn: Mask(grid: grid) { _ in true }, volumeCount: voxels[0].count)
    for (place, values) in voxels.enumerated() {
      for (volume, value) in values.enumerated() {
        series.strips[series.offset(ofVoxel: place, volume: volume)] = Float(value)
      }
    }
    return series
  }

  @Test("DVARS is the root mean square over voxels of the change")
  func dvars() throws {
    // By hand: changes (3, 4) and (0, -4): sqrt(25 / 2) and sqrt(16 / 2).
    let table = signalQuality(of: try series([[10, 13, 13], [20, 24, 20]]), threads: 1)
    let dvars = try #require(table["dvars"])
    #expect(dvars[0] == 0)
    #expect(abs(dvars[1] - sqrt(12.5)) < 1e-6 && abs(dvars[2] - sqrt(8)) < 1e-6)
    #expect(table["global_signal"] == [15, 18.5, 16.5])
    #expect(table.namesWithoutFirstValue == ["dvars", "std_dvars"])
  }

  @Test(
    "Standardised DVARS of noise is about 1, whatever its level and memory",
    arguments: [0, 0.6]
  )
  func standardised(memory: Double) throws {
    var random = Lehmer(state: 9)
    let voxels = (0..<200).map { voxel -> [Double] in
      var value = random.noise()
      return (0..<200).map { _ in
        value = memory * value + random.noise() * sqrt(1 - memory * memory)
        return 1000 + Double(1 + voxel % 5) * value
      }
    }
    let table = signalQuality(of: try series(voxels), threads: 2)
    let values = try #require(table["std_dvars"]).dropFirst()
    let mean = values.reduce(0, +) / Double(values.count)
    // 40,000 samples; the lag-1 coefficient's own bias at 200 volumes is about (1 + 3 rho) / 200,
    // half of which, over 1 - rho, enters here.
    #expect(abs(mean - 1) < 0.02)
  }

  @Test("A constant run has no standardised DVARS to speak of")
  func constant() throws {
    let table = signalQuality(of: try series([[5, 5, 5]]), threads: 1)
    #expect(table["std_dvars"] == [0, 0, 0])
  }
}
