import Imaging

/// A head with a block in its left front top only, stored in one of the 48 orders of axes.
struct StoredPhantom {
  let grey: Volume
  let z: Volume

  /// Stores the phantom, or returns `nil` where the axes are not three different ones.
  ///
  /// - Parameters:
  ///   - axes: The axis of space along which each stored axis runs.
  ///   - flips: Whether each stored axis runs towards smaller coordinates.
  init?(axes: [Int], flips: [Bool]) {
    let counts = SIMD3(12, 15, 9)
    let step = SIMD3<Double>(2, 2, 3)
    var columns: [SIMD3<Double>] = []
    var start = SIMD3<Double>(-11, -14, -12)
    for (axis, flipped) in zip(axes, flips) {
      var column = SIMD3<Double>.zero
      column[axis] = flipped ? -step[axis] : step[axis]
      columns.append(column)
      if flipped { start[axis] += step[axis] * Double(counts[axis] - 1) }
    }
    func row(_ axis: Int) -> SIMD4<Double> {
      [columns[0][axis], columns[1][axis], columns[2][axis], start[axis]]
    }
    let dimensions = SIMD3(counts[axes[0]], counts[axes[1]], counts[axes[2]])
    guard let grid = Grid(dimensions: dimensions, affine: Affine(row(0), row(1), row(2))) else {
      return nil
    }
    let positions = (0..<grid.voxelCount).map(grid.position(ofVoxel:))
    let grey = positions.map { Float(100 + 3 * $0.x + $0.y + 2 * $0.z) }
    let z = positions.map { $0.x < -4 && $0.y > 3 && $0.z > 3 ? Float(5 - $0.x / 10) : 0.5 }
    self.grey = Volume(grid: grid, values: grey)
    self.z = Volume(grid: grid, values: z)
  }
}
