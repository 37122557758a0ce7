import Algebra
import Design
import Glibc
import Imaging
import Testing

/// A small generator of repeatable normal numbers for tests (splitmix64 and Box-Muller).
struct NormalNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func uniform() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return (Double((bits ^ (bits >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  mutating func next() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// Stationary AR(1) noise of unit innovations.
  mutating func memory(_ rho: Double, count: Int) -> [Double] {
    var value = next() / (1 - rho * rho).squareRoot()
    return (0..<count).map { step in
      if step > 0 { value = rho * value + next() }
      return value
    }
  }
}

/// A design like that of a run: blocks, slow cosines, random confounds and the constant.
func runLikeDesign(volumes: Int, columns: Int, seed: UInt64 = 7) -> Matrix {
  var numbers = NormalNumbers(seed: seed)
  var all: [[Double]] = []
  for column in 0..<columns {
    switch column {
    case columns - 1: all.append([Double](repeating: 1, count: volumes))
    case 0, 1:
      all.append((0..<volumes).map { ($0 + 7 * column) / 10 % (column + 2) == 0 ? 1 : 0 })
    case 2, 3, 4:
      all.append(
        (0..<volumes).map { cos(.pi * (Double($0) + 0.5) * Double(column - 1) / Double(volumes)) }
      )
    default: all.append((0..<volumes).map { _ in numbers.next() })
    }
  }
  return Matrix(columns: all, rowCount: volumes)
}

/// Weights that are 1 for one column.
func only(_ column: Int, of count: Int) -> [Double] {
  (0..<count).map { $0 == column ? 1 : 0 }
}

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
