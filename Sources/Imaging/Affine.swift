/// An affine map of points in space, such as voxel indices to scanner millimetres (RAS+).
public struct Affine: Equatable, Sendable {
  /// The three rows of the 3 × 4 matrix; the fourth row is 0 0 0 1.
  public var rows: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>)

  /// Creates a map from the three rows of its matrix.
  ///
  /// - Parameters:
  ///   - first: The row that gives x.
  ///   - second: The row that gives y.
  ///   - third: The row that gives z.
  public init(_ first: SIMD4<Double>, _ second: SIMD4<Double>, _ third: SIMD4<Double>) {
    rows = (first, second, third)
  }

  /// The map that leaves every point where it is.
  public static let identity = Affine([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])

  /// Returns the map that scales each axis, then shifts.
  ///
  /// - Parameters:
  ///   - scale: The factor along x, y and z.
  ///   - translation: The shift, applied after the scaling.
  /// - Returns: The map.
  public static func scaling(_ scale: SIMD3<Double>, then translation: SIMD3<Double>) -> Affine {
    Affine(
      [scale.x, 0, 0, translation.x],
      [0, scale.y, 0, translation.y],
      [0, 0, scale.z, translation.z]
    )
  }

  /// Returns the image of a point.
  ///
  /// - Parameter point: A point in the map's source frame.
  /// - Returns: The point in the map's target frame.
  public func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let p = SIMD4(point, 1)
    return [(rows.0 * p).sum(), (rows.1 * p).sum(), (rows.2 * p).sum()]
  }

  /// The column of the matrix that belongs to one axis of the source frame (0 to 2), or the
  /// translation (3).
  public func column(_ index: Int) -> SIMD3<Double> {
    [rows.0[index], rows.1[index], rows.2[index]]
  }

  /// The determinant of the linear part: negative where the map mirrors.
  public var determinant: Double {
    (column(0) * column(1).cross(column(2))).sum()
  }

  /// The map that undoes this one, or `nil` where the linear part is singular or not finite.
  public var inverse: Affine? {
    let scale = determinant
    guard scale.isFinite, scale != 0 else { return nil }
    let (a, b, c) = (column(0), column(1), column(2))
    let (r0, r1, r2) = (b.cross(c) / scale, c.cross(a) / scale, a.cross(b) / scale)
    let t = column(3)
    return Affine(
      SIMD4(r0, -(r0 * t).sum()),
      SIMD4(r1, -(r1 * t).sum()),
      SIMD4(r2, -(r2 * t).sum())
    )
  }

  /// Returns the map that applies `right` first, then `left`.
  public static func * (left: Affine, right: Affine) -> Affine {
    func row(_ r: SIMD4<Double>) -> SIMD4<Double> {
      let (a, b, c, last) = (r.x * right.rows.0, r.y * right.rows.1, r.z * right.rows.2, r.w)
      return a + b + c + SIMD4(0, 0, 0, last)
    }
    return Affine(row(left.rows.0), row(left.rows.1), row(left.rows.2))
  }

  /// Whether two maps have the same twelve numbers.
  public static func == (left: Affine, right: Affine) -> Bool {
    left.rows.0 == right.rows.0 && left.rows.1 == right.rows.1 && left.rows.2 == right.rows.2
  }
}

extension SIMD3<Double> {
  /// Returns the vector product, at right angles to both.
  ///
  /// - Parameter other: The right-hand factor.
  /// - Returns: This vector times the other.
  public func cross(_ other: SIMD3<Double>) -> SIMD3<Double> {
    [y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x]
  }

  /// The Euclidean length.
  public var length: Double { (self * self).sum().squareRoot() }
}
