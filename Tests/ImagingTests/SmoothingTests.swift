import Glibc
import Imaging
import Testing

/// cos(pi x).
func cosine(_ x: Double) -> Double { cos(.pi * x) }

@Suite("Smoothing")
struct SmoothingTests {
  let grid = makeGrid([21, 19, 17], .scaling([2, 3, 4], then: .zero))

  @Test("An impulse becomes the Gaussian of the stated width in mm")
  func impulse() {
    let centre = grid.index(10, 9, 8)
    let volume = makeVolume(grid) { $0 == [10, 9, 8] ? 1000 : 0 }
    let all = Mask(grid: grid) { _ in true }
    let smoothed = smooth(volume, inside: all, fwhm: [8, 8, 8])
    let peak = Double(smoothed.values[centre])
    for step: SIMD3<Int> in [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [2, 0, 0]] {
      let at = grid.index(10 + step.x, 9 + step.y, 8 + step.z)
      let distance = (SIMD3<Double>(step) * [2, 3, 4]).length
      // At half the FWHM the Gaussian has half its height.
      let expected = peak * pow(0.5, pow(distance / 4, 2))
      #expect(abs(Double(smoothed.values[at]) - expected) < 1e-5 * peak)
    }
  }

  @Test("A voxel that is left out gives nothing to its neighbours")
  func leftOut() {
    let mask = Mask(grid: grid) { _ in true }
    var series = MaskedSeries(zerosIn: mask, volumeCount: 1)
    let spoilt = grid.index(10, 9, 8)
    for place in 0..<mask.count {
      series.strips[series.offset(ofVoxel: place, volume: 0)] = place == spoilt ? 5000 : 100
    }
    let smoothed = smooth(series, fwhm: 8, leavingOut: [spoilt], threads: 2)
    // The other voxels are constant, and a normalised mean of a constant is that constant.
    for place in 0..<mask.count where place != spoilt {
      #expect(abs(smoothed.strips[series.offset(ofVoxel: place, volume: 0)] - 100) < 1e-3)
    }
  }

  @Test("A constant stays constant up to the mask's edge, whatever lies outside")
  func maskNormalised() {
    let mask = Mask(grid: grid) { grid.voxel(at: $0).x > 7 && grid.voxel(at: $0).y < 13 }
    let volume = makeVolume(grid) { $0.x > 7 && $0.y < 13 ? 700 : 1e6 }
    let smoothed = smooth(volume, inside: mask, fwhm: [6, 6, 6])
    for index in 0..<grid.voxelCount {
      if mask.contains(index) {
        #expect(abs(smoothed.values[index] - 700) < 1e-3)
      } else {
        #expect(smoothed.values[index].isNaN)
      }
    }
  }

  @Test("A run is smoothed volume by volume, to the same bytes on any number of threads")
  func series() {
    let mask = Mask(grid: grid) { $0 % 7 != 0 }
    var series = MaskedSeries(zerosIn: mask, volumeCount: 5)
    for place in 0..<mask.count {
      for volume in 0..<5 {
        series.strips[series.offset(ofVoxel: place, volume: volume)] = Float(
          (place * 31 + volume * 17) % 101
        )
      }
    }
    let one = smooth(series, fwhm: 7, threads: 1)
    #expect(one.strips == smooth(series, fwhm: 7, threads: 3).strips)
    var image = Volume(grid: grid, values: [Float](repeating: 0, count: grid.voxelCount))
    for (place, index) in mask.indices.enumerated() {
      image.values[index] = series.strips[series.offset(ofVoxel: place, volume: 3)]
    }
    let alone = smooth(image, inside: mask, fwhm: [7, 7, 7])
    for (place, index) in mask.indices.enumerated() {
      #expect(one.strips[one.offset(ofVoxel: place, volume: 3)] == alone.values[index])
    }
    #expect(smooth(series, fwhm: 0, threads: 1).strips == series.strips)
  }
}
