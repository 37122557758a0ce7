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
    "Standardised DVARS of noise is what fMRIPrep's formula gives, whatever its level and memory",
    arguments: [(0.0, 1.08775), (0.6, 1.09383)]
  )
  func standardised(memory: Double, expected: Double) throws {
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
    // The mean of nipype's compute_dvars formula on this very series, in NumPy. (The root of the mean
    // square of the levels over their mean is sqrt(11) / 3 = 1.106.) Ours estimates spread and memory
    // from the quartiles of the changes, whose own error is 1.17 / sqrt(199) per voxel, 0.6 % over 200.
    #expect(abs(mean / expected - 1) < 0.012)
  }

  @Test("Broken and early volumes that are named leave all other volumes as they were")
  func namedVolumes() throws {
    let clean = noise(voxels: 60, volumes: 120)
    let spoilt = clean.map { course in
      course.indices.map { volume in
        if volume == 70 { return 0.0 }
        return volume < 4 ? course[volume] * (1 + 0.3 * exp(-Double(volume))) : course[volume]
      }
    }
    let usual = Array(4..<70) + Array(71..<120)
    let tables = try [clean, spoilt].map {
      try #require(
        signalQuality(of: try series($0), usual: usual, threads: 2)["std_dvars"]
      )
    }
    // The same numbers go in, so the same come out.
    for volume in usual where volume != 4 && volume != 71 {
      #expect(tables[0][volume] == tables[1][volume])
    }
    #expect(tables[1][70] > 10 && tables[1][71] > 10)
  }

  @Test("A volume that nobody named moves the others' standardised DVARS little")
  func unnamedSpike() throws {
    let clean = noise(voxels: 200, volumes: 240)
    let spoilt = clean.map { course in course.indices.map { $0 == 100 ? 0 : course[$0] } }
    let tables = try [clean, spoilt].map {
      try #require(signalQuality(of: try series($0), threads: 2)["std_dvars"])
    }
    // One change far below and one far above of 239 move each quartile by half a rank to a rank:
    // 1 / 239 over the normal density .318 there, of .674: 2 %. Plain moments made it 15 % and more.
    #expect(abs(tables[1][50] / tables[0][50] - 1) < 0.02)
  }

  /// White noise of a level about 1000.
  private func noise(voxels: Int, volumes: Int) -> [[Double]] {
    var random = Lehmer(state: 17)
    return (0..<voxels).map { _ in (0..<volumes).map { _ in 1000 + 4 * random.noise() } }
  }

  @Test("A voxel that hardly ever varies takes no part, as in fMRIPrep")
  func still() throws {
    let course = [1.0, 4, 2, 6, 3, 5, 2, 4]
    let alone = signalQuality(of: try series([course]), threads: 1)
    let both = signalQuality(of: try series([course, [7, 7, 7, 7, 7, 9, 7, 7]]), threads: 1)
    #expect(alone["dvars"] == both["dvars"] && alone["std_dvars"] == both["std_dvars"])
  }

  @Test("A constant run has no standardised DVARS to speak of")
  func constant() throws {
    let table = signalQuality(of: try series([[5, 5, 5]]), threads: 1)
    #expect(table["std_dvars"] == [0, 0, 0])
  }
}
