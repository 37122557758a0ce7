import Atlas
import Imaging
import Testing

/// Four voxels in a row, 3 mm apart.
private func rowOfFour() throws -> Mask {
  let grid = try #require(
    Grid(dimensions: [4, 1, 1], affine: .scaling([-3, 3, 3], then: [9, 1, 2]))
  )
  return Mask(grid: grid) { _ in true }
}

private func weights(_ shares: [Double]) -> RegionWeights {
  RegionWeights(
    region: Region(label: 1, name: "a"),
    voxels: shares.enumerated().filter { $1 > 0 }.map { (place: $0, weight: $1) },
    coverage: 1
  )
}

@Suite("What a region says")
struct RegionSummaryTests {
  @Test("The series is the mean of the voxels' own percentages, by their shares")
  func series() throws {
    var series = MaskedSeries(zerosIn: try rowOfFour(), volumeCount: 2)
    let samples: [[Float]] = [[100, 102], [1000, 990], [5, 5], [7, 7]]
    for (place, pair) in samples.enumerated() {
      for (volume, sample) in pair.enumerated() {
        series.strips[series.offset(ofVoxel: place, volume: volume)] = sample
      }
    }
    let mean = meanPercentSeries(
      weights([1, 0.5, 0, 0]),
      series: series,
      baseline: [100, 1000, 1, 1]
    )
    // (1 · 100 + 0.5 · 100) / 1.5 and (1 · 102 + 0.5 · 99) / 1.5.
    #expect(abs(mean[0] - 100) < 1e-12)
    #expect(abs(mean[1] - 101) < 1e-12)
    let without = meanPercentSeries(
      weights([1, 1, 0, 0]),
      series: series,
      baseline: [100, 0, 1, 1]
    )
    #expect(abs(without[1] - 102) < 1e-12)
    #expect(meanPercentSeries(weights([]), series: series, baseline: [1, 1, 1, 1])[0].isNaN)
  }

  @Test("A voxel with a sample that is not finite is left out of the series")
  func notFinite() throws {
    var series = MaskedSeries(zerosIn: try rowOfFour(), volumeCount: 1)
    series.strips[0] = .nan
    series.strips[1] = 30
    let mean = meanPercentSeries(weights([1, 1, 0, 0]), series: series, baseline: [10, 15, 1, 1])
    #expect(mean == [200])
  }

  @Test("Effects are averaged by share, z counts from the threshold on, on either side of 0")
  func summary() throws {
    let mask = try rowOfFour()
    let effect = MaskedMap(mask: mask, values: [1, 4, .nan, 100])
    let z = MaskedMap(mask: mask, values: [3, -5, .nan, 50])
    let shift = PointMap.affine(.scaling([1, 1, 1], then: [100, 0, 0]))
    let summary = summarize(
      weights([1, 0.5, 1, 0]),
      effect: effect,
      z: z,
      threshold: 5,
      nativeToTemplate: shift
    )
    #expect(summary.meanVoxelEffect == 2)
    // 0.5 of the 1.5 voxels that have a value.
    #expect(abs((summary.shareAboveThreshold ?? .nan) - 1.0 / 3) < 1e-15)
    #expect(summary.peakZ == -5)
    #expect(summary.peakNativePosition == [6, 1, 2])
    #expect(summary.peakTemplatePosition == [106, 1, 2])
  }

  @Test("A neighbour's voxel is no peak, unless the region has no voxel of its own")
  func peaks() throws {
    let mask = try rowOfFour()
    let z = MaskedMap(mask: mask, values: [3, 9, 0, 0])
    func peak(_ shares: [Double]) -> Double? {
      summarize(weights(shares), effect: nil, z: z, threshold: nil, nativeToTemplate: .identity)
        .peakZ
    }
    #expect(peak([1, 1.0 / 27, 0, 0]) == 3)
    #expect(peak([0.2, 1.0 / 27, 0, 0]) == 9)
    #expect(peak([]) == nil)
  }

  @Test("Where nothing passes the share is 0, and where there is nothing it is absent")
  func nothing() throws {
    let mask = try rowOfFour()
    let z = MaskedMap(mask: mask, values: [3, 9, .nan, 0])
    func share(_ shares: [Double]) -> Double? {
      summarize(weights(shares), effect: nil, z: z, threshold: nil, nativeToTemplate: .identity)
        .shareAboveThreshold
    }
    #expect(share([1, 1, 0, 0]) == 0)
    #expect(share([0, 0, 1, 0]) == nil)
  }
}
