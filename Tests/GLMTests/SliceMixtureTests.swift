import Algebra
import Design
import GLM
import Glibc
import Imaging
import Job
import Testing

@Suite("Slices of their own times")
struct SliceMixtureTests {
  private static let sliceCount = 18
  private static let volumeCount = 160

  /// Odd slices first, then the even ones, within 2 s.
  private static let sliceTimes: [Double] = (0..<sliceCount).map { slice in
    let turn = slice / 2 + (slice % 2 == 0 ? sliceCount / 2 : 0)
    return Double(turn) * 2 / Double(sliceCount)
  }

  /// Brief events at uneven intervals between 5 and 12 s.
  private static let onsets: [Double] = (0..<34).map { event in
    8 + 8.7 * Double(event) + 3.1 * sin(Double(event * event))
  }

  /// The response to an event of 1 s: the textbook's double gamma of unit integral, from its densities.
  private static func response(_ time: Double) -> Double {
    (0..<40).reduce(0.0) { (sum: Double, step: Int) -> Double in
      let x = time - (Double(step) + 0.5) / 40
      guard x > 0, x < 40 else { return sum }
      let density = exp(5 * log(x) - x - lgamma(6)) - exp(15 * log(x) - x - lgamma(16)) / 6
      return sum + density * 6 / 5 / 40
    }
  }

  /// A head of 18 slices of 3.5 mm, whose lowest and highest have few voxels.
  private static func mask() throws -> Mask {
    let grid = try #require(
      Grid(dimensions: [26, 28, sliceCount], affine: .scaling([3, 3, 3.5], then: .zero))
    )
    let centre = grid.centre
    return Mask(grid: grid) { index in
      let p = (grid.position(ofVoxel: index) - centre) / [33, 36, 29]
      return (p * p).sum() < 1
    }
  }

  /// Every voxel responds with 2 %, each slice at its own time.
  private static func series(_ mask: Mask) -> MaskedSeries {
    var series = MaskedSeries(zerosIn: mask, volumeCount: volumeCount)
    for volume in 0..<volumeCount {
      let values = sliceTimes.map { within in
        let time = Double(volume) * 2 + within
        return Float(1000 + 20 * onsets.reduce(0) { $0 + response(time - $1) })
      }
      for (place, index) in mask.indices.enumerated() {
        series.strips[series.offset(ofVoxel: place, volume: volume)] =
          values[mask.grid.voxel(at: index).z]
      }
    }
    return series
  }

  private static func designs() throws -> [DesignMatrix] {
    let durations = [Double](repeating: 1, count: onsets.count)
    return try sliceTimes.map { time in
      try makeDesign(
        DesignRequest(
          conditions: [Condition(name: "heat", onsets: onsets, durations: durations)],
          frameTimes: frameTimes(volumeCount: volumeCount, repetitionTime: 2, referenceTime: time),
          repetitionTime: 2,
          hemodynamics: .spm,
          drift: .cosine(cutoff: 128)
        )
      )
    }
  }

  @Test("A smoothed interleaved run gives its effect back within 1 %", arguments: [6.0, 10])
  func effectIsBack(fwhm: Double) throws {
    let mask = try Self.mask()
    let slices = mask.indices.map { mask.grid.voxel(at: $0).z }
    let places = SlicePlaces(slices.map(Double.init), sliceCount: Self.sliceCount)
    let own = try Self.designs()
    let designs = places.smoothedShares(in: mask, fwhm: fwhm, threads: 2)
      .map { mixed(own, weights: $0) }
    let columns = designs[0].names.count
    let fit = try fitRun(
      RunFitRequest(
        series: smooth(Self.series(mask), fwhm: fwhm, threads: 2),
        designs: designs,
        designOfVoxel: places.slices,
        keptVolumes: Array(0..<Self.volumeCount),
        contrasts: [question("heat", (0..<columns).map { $0 == 0 ? 1 : 0 })],
        noise: .ols,
        repetitionTime: 2,
        baseline: [Double](repeating: 1000, count: mask.count),
        threads: 2
      )
    )
    // A normalised mean of 2 % everywhere is 2 %, wherever the mask ends; only times differ.
    let effect = try #require(fit.estimates[0].effect).values
    #expect(slices.min() == 1 && slices.max() == 16)
    for place in effect.indices {
      let error = abs(effect[place] / 2 - 1)
      #expect(error < 0.01, "slice \(slices[place]): off by \(error)")
    }
  }
}
