import Algebra
import GLM
import GLMKernel
import Glibc
import Imaging
import Job
import TestData
import Testing

@Suite("Maps of the residuals")
struct ResidualMapTests {
  private static let volumes = 120
  private static let design = runLikeDesign(volumes: volumes, columns: 8)

  private func fit(_ mask: Mask, _ series: [[Double]]) throws -> RunFit {
    try fitRun(
      RunFitRequest(
        series: masked(mask, series),
        designs: [named(Self.design)],
        designOfVoxel: [Int](repeating: 0, count: mask.count),
        keptVolumes: Array(0..<Self.volumes),
        contrasts: [question("first", only(0, of: 8))],
        noise: .ar1,
        repetitionTime: 2,
        baseline: [Double](repeating: 100, count: mask.count),
        precision: .float64,
        threads: 2
      )
    )
  }

  @Test("R-squared and the autocorrelations are those of the residuals written out")
  func definitions() throws {
    // The peer is the projection by the rank-revealing QR, and sums over its residuals.
    let mask = try fullMask([5, 4, 1])
    var numbers = NormalNumbers(seed: 6)
    let series = (0..<20).map { _ in
      zip(numbers.memory(0.4, count: Self.volumes), Self.design.column(2)).map {
        Double(Float(100 + $0 + 3 * $1))
      }
    }
    let found = try fit(mask, series)
    let decomposition = RankRevealingQR(Self.design)
    for (place, y) in series.enumerated() {
      let fitted = Self.design * decomposition.coefficients(of: y)
      let residual = zip(y, fitted).map { $0 - $1 }
      let mean = y.reduce(0, +) / Double(y.count)
      let left = residual.reduce(0) { $0 + $1 * $1 }
      let total = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(found.rSquared.values[place] - (1 - left / total)) < 1e-10)
      for lag in 1...3 {
        let sum = zip(residual, residual.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
        let value = found.residualAutocorrelation[lag - 1].values[place]
        // Kept in single precision.
        #expect(abs(value - sum / left) < 1e-7)
      }
    }
  }

  @Test("The width of noise that was smoothed by a known Gaussian is found", arguments: [6.0, 9.0])
  func smoothNoise(fwhm: Double) throws {
    // White noise convolved with a Gaussian on a torus of 3 mm voxels, each of the three axes by its
    // own share of the width. 8 images of 24 x 20 x 16 voxels hold some 2,000 independent elements:
    // the correlation of neighbours is known to about .01, and the width to 3 %.
    let size = SIMD3(24, 20, 16)
    let mask = try fullMask(size)
    var numbers = NormalNumbers(seed: 8)
    var series = [[Double]](
      repeating: [Double](repeating: 0, count: Self.volumes),
      count: mask.count
    )
    let deviation = fwhm / (8 * log(2.0)).squareRoot() / 3
    for t in 0..<Self.volumes {
      var image = (0..<mask.count).map { _ in numbers.next() }
      for (axis, step) in [1, size.x, size.x * size.y].enumerated() {
        image = circular(image, length: size[axis], step: step, deviation: deviation)
      }
      for place in image.indices { series[place][t] = 100 + 5 * image[place] }
    }
    let width = try fit(mask, series).residualFWHM
    for axis in 0..<3 { #expect(abs(width[axis] / fwhm - 1) < 0.09) }
  }

  @Test("Noise of every voxel by itself has no width to speak of, and a single plane none across")
  func whiteNoise() throws {
    let mask = try fullMask([30, 30, 1])
    var numbers = NormalNumbers(seed: 12)
    let series = (0..<mask.count).map { _ in
      (0..<Self.volumes).map { _ in 100 + numbers.next() }
    }
    let width = try fit(mask, series).residualFWHM
    // A chance correlation of .04 (3.5 standard errors) is a width of 2 mm.
    #expect(width.x < 2 && width.y < 2)
    #expect(width.z.isNaN)
  }
}

/// Convolves lines that close to circles with a Gaussian, `step` elements from one to the next.
private func circular(
  _ image: [Double],
  length: Int,
  step: Int,
  deviation: Double
) -> [Double] {
  let weights = (-8...8).map { exp(-0.5 * Double($0 * $0) / (deviation * deviation)) }
  return image.indices.map { index in
    let place = index / step % length
    return weights.enumerated().reduce(0) { sum, tap in
      let other = (place + tap.offset - 8 + 2 * length) % length
      return sum + tap.element * image[index + (other - place) * step]
    }
  }
}
