import Glibc
public import Imaging

/// Where the head was in a volume: a rotation about a centre, then a shift.
///
/// A point *x* of the reference goes to the scanner point *y* = Rz Ry Rx (*x* - *c*) + *c* + *t* of
/// the volume. Both are in mm, RAS+; a rotation is positive by the right-hand rule about its axis.
public struct RigidMotion: Equatable, Sendable {
  /// The shift along x, y and z, in mm.
  public var translation: SIMD3<Double>

  /// The angles about x, y and z, in rad; the turn about x comes first.
  public var rotation: SIMD3<Double>

  /// No motion.
  public static let identity = RigidMotion(translation: .zero, rotation: .zero)

  /// Creates a motion.
  ///
  /// - Parameters:
  ///   - translation: The shift along x, y and z, in mm.
  ///   - rotation: The angles about x, y and z, in rad.
  public init(translation: SIMD3<Double>, rotation: SIMD3<Double>) {
    self.translation = translation
    self.rotation = rotation
  }

  /// Reads the motion out of a rigid map.
  ///
  /// - Parameters:
  ///   - affine: A map of mm to mm whose linear part is a rotation by less than 90° about y.
  ///   - centre: The point that the rotation is taken about, in mm.
  public init(_ affine: Affine, about centre: SIMD3<Double>) {
    let (r0, r1, r2) = affine.rows
    rotation = [atan2(r2.y, r2.z), asin(max(-1, min(1, -r2.x))), atan2(r1.x, r0.x)]
    translation = affine(centre) - centre
  }

  /// Returns the map of reference points to scanner points.
  ///
  /// - Parameter centre: The point that the rotation is taken about, in mm.
  /// - Returns: The map, mm to mm.
  public func affine(about centre: SIMD3<Double>) -> Affine {
    let (sx, sy, sz) = (sin(rotation.x), sin(rotation.y), sin(rotation.z))
    let (cx, cy, cz) = (cos(rotation.x), cos(rotation.y), cos(rotation.z))
    let turn = Affine(
      [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx, 0],
      [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx, 0],
      [-sy, cy * sx, cy * cx, 0]
    )
    let shift = centre + translation - turn(centre)
    return .scaling(.one, then: shift) * turn
  }
}
