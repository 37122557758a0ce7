import Algebra
import Design
import GLM
import GLMKernel
import Glibc
import Imaging
import Job
import Statistics

/// Voxels of white noise and a design of the usual kind: for timing, which no value changes.
struct SimulatedStrips {
  /// The design matrix: two conditions, motion-like random walks, cosines and a constant.
  let matrix: Matrix

  /// The data.
  let series: MaskedSeries

  /// The names and weights of two contrasts: a condition, and their difference.
  let contrasts: [Contrast]

  /// Draws the data.
  ///
  /// - Parameters:
  ///   - dimensions: The grid, all of it in the mask, of 3 mm voxels.
  ///   - volumes: The number of volumes.
  ///   - columns: The number of columns of the design, at least 3.
  init?(_ dimensions: SIMD3<Int>, volumes: Int, columns: Int) {
    guard let grid = Grid(dimensions: dimensions, affine: .scaling([3, 3, 3], then: .zero)) else {
      return nil
    }
    var numbers = SeededGenerator(seed: 4)
    let walks = (columns - 3) / 2
    var all: [[Double]] = (0..<2).map { condition in
      (0..<volumes).map { ($0 / 6 + condition) % 4 == 0 ? 1 : 0 }
    }
    for _ in 0..<walks {
      var place = 0.0
      all.append(
        (0..<volumes).map { _ in
          place += numbers.normal()
          return place
        }
      )
    }
    for order in 0..<columns - 2 - walks {
      all.append(
        (0..<volumes).map { cos(.pi * Double(order) * (Double($0) + 0.5) / Double(volumes)) }
      )
    }
    matrix = Matrix(columns: all, rowCount: volumes)
    var series = MaskedSeries(zerosIn: Mask(grid: grid) { _ in true }, volumeCount: volumes)
    for index in series.strips.indices { series.strips[index] = 900 + 9 * Float(numbers.normal()) }
    self.series = series
    contrasts = [[1.0, 0], [1, -1]].map { weights in
      let padded = weights + [Double](repeating: 0, count: columns - 2)
      return Contrast(
        name: "contrast",
        expression: "\(weights)",
        kind: .t,
        weights: Matrix(rowCount: 1, columnCount: columns, elements: padded)
      )
    }
  }

  /// What the kernel is given.
  func design(kept: [Int]? = nil, lags: Int = 6) throws -> KernelDesign {
    try KernelDesign(
      matrix,
      kept: kept ?? Array(0..<series.volumeCount),
      contrasts: contrasts.map { KernelContrast(kind: .t, weights: $0.weights) },
      maximumLag: lags
    )
  }

  /// What the whole fit is given.
  func request(
    _ noise: Noise,
    precision: OptimizedKernel.Precision = .float32,
    threads: Int
  ) -> RunFitRequest {
    let count = series.mask.count
    let columns = (0..<matrix.columnCount).map {
      DesignColumn(name: "column\($0)", role: .confound, peakHeight: 1)
    }
    return RunFitRequest(
      series: series,
      designs: [DesignMatrix(columns: columns, matrix: matrix)],
      designOfVoxel: [Int](repeating: 0, count: count),
      keptVolumes: Array(0..<series.volumeCount),
      contrasts: contrasts,
      noise: noise,
      repetitionTime: 2,
      baseline: [Double](repeating: 900, count: count),
      precision: precision,
      threads: threads
    )
  }
}
