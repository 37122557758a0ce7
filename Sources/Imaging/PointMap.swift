/// A map from the points of one space to those of another, both in mm, RAS+.
public indirect enum PointMap: Sendable {
  /// Both spaces are the same.
  case identity

  /// An affine map.
  case affine(Affine)

  /// Displacements sampled on a grid of the source space.
  case field(DisplacementField)

  /// Maps applied one after the other, the first of the list first.
  case sequence([PointMap])

  /// Returns the image of a point, or `nil` where the map is not defined there.
  ///
  /// - Parameter point: A point of the source space, in mm.
  /// - Returns: The point in the target space, in mm.
  public func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double>? {
    switch self {
    case .identity: return point
    case .affine(let affine): return affine(point)
    case .field(let field): return field(point)
    case .sequence(let maps):
      var moved = point
      for map in maps {
        guard let next = map(moved) else { return nil }
        moved = next
      }
      return moved
    }
  }
}

/// A displacement for every voxel of a grid, interpolated linearly between them.
public struct DisplacementField: Sendable {
  /// Where the displacements are given.
  public let grid: Grid

  /// One displacement per voxel, in mm, RAS+: the image of a point is the point plus this.
  public let displacements: [SIMD3<Float>]

  /// Creates a field.
  ///
  /// - Parameters:
  ///   - grid: Where the displacements are given.
  ///   - displacements: One displacement per voxel, in mm, RAS+.
  public init(grid: Grid, displacements: [SIMD3<Float>]) {
    precondition(displacements.count == grid.voxelCount, "one displacement per voxel")
    self.grid = grid
    self.displacements = displacements
  }

  /// Returns the image of a point, or `nil` outside the grid.
  ///
  /// - Parameter point: A point in mm, in the grid's space.
  /// - Returns: The point in the target space, in mm.
  public func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double>? {
    let last = SIMD3<Double>(grid.dimensions) - 1
    var voxel = grid.inverseAffine(point)
    // Lane by lane: a coordinate that is not a number fails each comparison.
    guard all(voxel .>= -0.5), all(last - voxel .>= -0.5) else { return nil }
    voxel = voxel.clamped(lowerBound: .zero, upperBound: last)
    let lower = voxel.rounded(.down)
    let share = voxel - lower
    var moved = point
    for corner in 0..<8 {
      let step = SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2))
      let weights = step * share + (1 - step) * (1 - share)
      let weight = weights.x * weights.y * weights.z
      guard weight > 0 else { continue }
      let at = lower + step
      let displacement = displacements[grid.index(Int(at.x), Int(at.y), Int(at.z))]
      moved += weight * SIMD3<Double>(displacement)
    }
    return moved
  }
}
