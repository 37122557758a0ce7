import Algebra
import Design
import GLM
import GLMKernel
import Glibc
import Imaging
import Testing

/// A design with the names `column0`, `column1`, ...
func named(_ matrix: Matrix) -> DesignMatrix {
  let columns = (0..<matrix.columnCount).map {
    DesignColumn(name: "column\($0)", role: .confound, peakHeight: 1)
  }
  return DesignMatrix(columns: columns, matrix: matrix)
}

/// A contrast from its weights, t for one row and F for several.
func question(_ name: String, _ rows: [Double]...) -> Contrast {
  let width = rows[0].count
  let weights = Matrix(rowCount: rows.count, columnCount: width, elements: rows.flatMap { $0 })
  return Contrast(name: name, expression: name, kind: rows.count == 1 ? .t : .f, weights: weights)
}

/// A mask that fills a grid of 3 mm voxels.
func fullMask(_ dimensions: SIMD3<Int>) throws -> Mask {
  Mask(grid: try #require(Grid(dimensions: dimensions, affine: .scaling([3, 3, 3], then: .zero)))) {
    _ in true
  }
}

/// A series in strips from one array per voxel.
func masked(_ mask: Mask, _ series: [[Double]]) -> MaskedSeries {
  var result = MaskedSeries(zerosIn: mask, volumeCount: series[0].count)
  for (place, one) in series.enumerated() {
    for t in one.indices { result.strips[result.offset(ofVoxel: place, volume: t)] = Float(one[t]) }
  }
  return result
}

/// Fits one series of which every volume is kept.
func fitAlone(
  _ x: Matrix,
  _ y: [Double],
  _ contrasts: [Contrast],
  noise: NoiseShape = .white
) throws -> [SeriesEstimate] {
  try fitSeries(
    SeriesFitRequest(
      series: y,
      design: named(x),
      keptVolumes: Array(0..<y.count),
      contrasts: contrasts,
      noise: noise
    )
  )
}

/// Whether two numbers agree, absolutely under 1 and relatively above.
func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}
