import Glibc

/// An ellipsoid whose edge falls off smoothly, so that a coarse grid can sample it.
struct SoftEllipsoid: Sendable {
  let centre: SIMD3<Double>
  let radii: SIMD3<Double>

  /// Returns the share of the ellipsoid at a point: 1 well inside, 0 well outside, 1/2 at the edge.
  ///
  /// The edge is logistic with a scale of 2 mm: nine tenths of the step lie within 12 mm, three voxels.
  ///
  /// - Parameter point: A point of the head, in mm.
  /// - Returns: The share.
  func share(at point: SIMD3<Double>) -> Double {
    let scaled = (point - centre) / radii
    let radius = (scaled * scaled).sum().squareRoot()
    return softStep((1 - radius) * radii.min())
  }
}

/// Returns 1 far inside, 0 far outside, for a distance from the edge in mm.
func softStep(_ distance: Double) -> Double {
  let edge = 2.0
  if distance > 15 * edge { return 1 }
  if distance < -15 * edge { return 0 }
  return 1 / (1 + exp(-distance / edge))
}
