public import Imaging

/// What a warp does to space inside a region of the template.
struct WarpQuality: Codable, Equatable, Sendable {
  /// The largest distance between a point and itself there and back, in mm.
  var inverseConsistency: Double

  /// The smallest factor by which a volume changes.
  var minimumJacobian: Double

  /// The share of the voxels where the factor is 0 or below.
  var foldedShare: Double
}

extension WarpQuality {
  /// Measures a warp.
  ///
  /// - Parameters:
  ///   - warp: The warp.
  ///   - region: The voxels of the forward field's grid to look at.
  init(of warp: Warp, in region: Mask) {
    var (farthest, smallest, folded) = (0.0, Double.infinity, 0)
    for index in region.indices {
      let point = region.grid.position(ofVoxel: index)
      if let there = warp.forward(point), let back = warp.inverse(there) {
        farthest = max(farthest, (back - point).length)
      }
      let factor = jacobian(of: warp.forward, at: index)
      smallest = min(smallest, factor)
      if factor <= 0 { folded += 1 }
    }
    self.init(
      inverseConsistency: farthest,
      minimumJacobian: region.count > 0 ? smallest : 0,
      foldedShare: region.count > 0 ? Double(folded) / Double(region.count) : 1
    )
  }
}

/// Returns the factor by which a field changes volumes at a voxel, by central differences (one-sided
/// at the border).
///
/// - Parameters:
///   - field: The field.
///   - index: A storage index of its grid.
/// - Returns: The determinant of the map's derivative: 1 keeps volumes, 0 or below folds.
public func jacobian(of field: DisplacementField, at index: Int) -> Double {
  let grid = field.grid
  let voxel = grid.voxel(at: index)
  let columns = (0..<3).map { axis -> SIMD3<Double> in
    var (before, after) = (voxel, voxel)
    before[axis] = max(0, voxel[axis] - 1)
    after[axis] = min(grid.dimensions[axis] - 1, voxel[axis] + 1)
    guard after[axis] > before[axis] else { return grid.affine.column(axis) }
    let (first, last) = (
      field.displacements[grid.index(before.x, before.y, before.z)],
      field.displacements[grid.index(after.x, after.y, after.z)]
    )
    let change = SIMD3<Double>(last) - SIMD3<Double>(first)
    return grid.affine.column(axis) + change / Double(after[axis] - before[axis])
  }
  let volume = (columns[0] * columns[1].cross(columns[2])).sum()
  return volume / grid.affine.determinant
}
