public import Imaging

/// The way between the template and the image of a head, in both directions.
struct Warp: Sendable {
  /// Template points to points of the image.
  let forward: DisplacementField

  /// Points of the image to template points.
  let inverse: DisplacementField
}

/// A displacement field as an affine map and what is left over.
///
/// The affine part is the least-squares fit to the field. Outside of the grid the rest is kept as
/// at the border, so that the map continues smoothly, which an inversion needs near the border.
struct ContinuedField: Sendable {
  /// The affine part.
  let affine: Affine

  /// Its inverse.
  let inverseAffine: Affine

  /// What is left, in mm.
  private let rest: DisplacementField

  /// Splits a field, or returns `nil` where its affine part cannot be inverted.
  ///
  /// - Parameter field: The field.
  init?(_ field: DisplacementField) {
    guard let affine = leastSquaresAffine(of: field), let inverse = affine.inverse else {
      return nil
    }
    self.affine = affine
    inverseAffine = inverse
    let grid = field.grid
    rest = DisplacementField(
      grid: grid,
      displacements: field.displacements.enumerated().map { index, displacement in
        let point = grid.position(ofVoxel: index)
        return SIMD3<Float>(point + SIMD3<Double>(displacement) - affine(point))
      }
    )
  }

  /// Returns the point that the field maps to a point, by fixed-point iteration.
  ///
  /// - Parameter target: A point of the field's target space.
  /// - Returns: The point; where the field folds, the last of 60 steps.
  func preimage(of target: SIMD3<Double>) -> SIMD3<Double> {
    var point = inverseAffine(target)
    for _ in 0..<60 {
      let next = inverseAffine(target - remainder(at: point))
      let step = (next - point).length
      point = next
      if step < 1e-4 { break }
    }
    return point
  }

  private func remainder(at point: SIMD3<Double>) -> SIMD3<Double> {
    let last = SIMD3<Double>(rest.grid.dimensions) - 1
    let voxel = rest.grid.inverseAffine(point).clamped(lowerBound: .zero, upperBound: last)
    let inside = rest.grid.affine(voxel)
    return (rest(inside) ?? inside) - inside
  }
}

/// Returns the affine map that fits a field best, or `nil` for a grid of a single plane.
private func leastSquaresAffine(of field: DisplacementField) -> Affine? {
  let grid = field.grid
  // Every fifth voxel: the fit only has to be near enough for the iteration to converge.
  let indices = stride(from: 0, to: grid.voxelCount, by: 5)
  var (count, sources, targets) = (0.0, SIMD3<Double>.zero, SIMD3<Double>.zero)
  for index in indices {
    let point = grid.position(ofVoxel: index)
    count += 1
    sources += point
    targets += point + SIMD3<Double>(field.displacements[index])
  }
  let (source, target) = (sources / count, targets / count)
  var spread = [SIMD3<Double>](repeating: .zero, count: 3)
  var cross = spread
  for index in indices {
    let point = grid.position(ofVoxel: index)
    let moved = point + SIMD3<Double>(field.displacements[index]) - target
    for axis in 0..<3 {
      spread[axis] += (point - source)[axis] * (point - source)
      cross[axis] += moved[axis] * (point - source)
    }
  }
  let covariance = Affine(SIMD4(spread[0], 0), SIMD4(spread[1], 0), SIMD4(spread[2], 0))
  guard let inverse = covariance.inverse else { return nil }
  let linear = Affine(SIMD4(cross[0], 0), SIMD4(cross[1], 0), SIMD4(cross[2], 0)) * inverse
  let shift = target - linear(source)
  return Affine(
    SIMD4(linear.rows.0.x, linear.rows.0.y, linear.rows.0.z, shift.x),
    SIMD4(linear.rows.1.x, linear.rows.1.y, linear.rows.1.z, shift.y),
    SIMD4(linear.rows.2.x, linear.rows.2.y, linear.rows.2.z, shift.z)
  )
}

/// Returns the inverse of a field, on a grid that holds everything the field leads to.
///
/// - Parameters:
///   - forward: The field.
///   - spacing: The distance between the inverse's grid points, in mm; with 2 mm the way there and
///     back of a real head missed by 0.105 mm at worst.
///   - threads: The number of threads.
/// - Returns: The inverse, or `nil` where the field is degenerate: not finite, flat, or leading
///   further than a head is long.
public func invertedField(
  _ forward: DisplacementField,
  spacing: Double = 1.5,
  threads: Int
) -> DisplacementField? {
  guard let continued = ContinuedField(forward),
    let grid = targetGrid(of: forward, spacing: spacing)
  else { return nil }
  var displacements = [SIMD3<Float>](repeating: .zero, count: grid.voxelCount)
  let plane = grid.dimensions.x * grid.dimensions.y
  displacements.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    let target = SlabPointer(base)
    forEachSlab(grid.dimensions.z, threads: threads) { slab in
      for index in slab * plane..<(slab + 1) * plane {
        let point = grid.position(ofVoxel: index)
        target.base[index] = SIMD3<Float>(continued.preimage(of: point) - point)
      }
    }
  }
  guard displacements.allSatisfy({ ($0.x + $0.y + $0.z).isFinite }) else { return nil }
  return DisplacementField(grid: grid, displacements: displacements)
}

/// The grid along the axes of space that holds the image of a field's every voxel.
private func targetGrid(of field: DisplacementField, spacing: Double) -> Grid? {
  var lower = SIMD3<Double>(repeating: .infinity)
  var upper = -lower
  for (index, displacement) in field.displacements.enumerated() {
    let point = field.grid.position(ofVoxel: index) + SIMD3<Double>(displacement)
    guard (point.x + point.y + point.z).isFinite else { return nil }
    lower = pointwiseMin(lower, point)
    upper = pointwiseMax(upper, point)
  }
  let extent = upper - lower
  // A head with its shoulders is under half a metre.
  guard extent.min() >= 0, extent.max() < 1000 else { return nil }
  let counts = (extent / spacing).rounded(.up) + 3
  return Grid(
    dimensions: [Int(counts.x), Int(counts.y), Int(counts.z)],
    affine: .scaling(SIMD3(repeating: spacing), then: lower - spacing)
  )
}
