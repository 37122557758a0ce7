import Glibc
public import Imaging

/// A motion in the words of FSL's MCFLIRT, whose frame fMRIPrep's columns have.
///
/// FSL places a voxel at its index times the voxel size, x counted from the other end where the grid
/// is stored right-handed ("neurological"). Angles are those of R = Rx Ry Rz with FSL's left-handed
/// turns, and the translation is that of the reference's centre of gravity.
///
/// Source: Jenkinson et al. (2002), *NeuroImage* 17(2), 825-841; FSL's `rotmat2euler`.
public struct MCFLIRTParameters: Equatable, Sendable {
  /// The angles about FSL's x, y and z, in rad.
  public let rotation: SIMD3<Double>

  /// The shift of the centre of gravity along FSL's axes, in mm.
  public let translation: SIMD3<Double>

  /// Converts a motion from volume to reference.
  ///
  /// - Parameters:
  ///   - volumeToReference: The rigid map of a point of the volume to the reference, mm, RAS+, such as
  ///     the inverse of ``MotionEstimate/map(ofVolume:)``.
  ///   - grid: The grid of the run.
  ///   - centreOfGravity: The brightness-weighted mean position of the reference, in mm, RAS+.
  public init(_ volumeToReference: Affine, on grid: Grid, centreOfGravity: SIMD3<Double>) {
    let toFSL = Self.frame(of: grid)
    let map = toFSL * volumeToReference * (toFSL.inverse ?? .identity)
    let centre = toFSL(centreOfGravity)
    translation = map(centre) - centre
    let (first, second, third) = map.rows
    let cosine = (first.x * first.x + first.y * first.y).squareRoot()
    rotation = [
      atan2(second.z, third.z), atan2(-first.z, cosine), atan2(first.y, first.x),
    ]
  }

  /// The map of a point of the volume to the reference that the parameters say, mm, RAS+.
  ///
  /// - Parameters:
  ///   - grid: The grid of the run.
  ///   - centreOfGravity: The brightness-weighted mean position of the reference, in mm, RAS+.
  /// - Returns: The rigid map.
  public func volumeToReference(
    on grid: Grid,
    centreOfGravity: SIMD3<Double>
  ) -> Affine {
    let toFSL = Self.frame(of: grid)
    let (sx, sy, sz) = (sin(rotation.x), sin(rotation.y), sin(rotation.z))
    let (cx, cy, cz) = (cos(rotation.x), cos(rotation.y), cos(rotation.z))
    let turn =
      Affine([1, 0, 0, 0], [0, cx, sx, 0], [0, -sx, cx, 0])
      * Affine([cy, 0, -sy, 0], [0, 1, 0, 0], [sy, 0, cy, 0])
      * Affine([cz, sz, 0, 0], [-sz, cz, 0, 0], [0, 0, 1, 0])
    let centre = toFSL(centreOfGravity)
    let map = Affine.scaling(.one, then: centre + translation - turn(centre)) * turn
    return (toFSL.inverse ?? .identity) * map * toFSL
  }

  /// Millimetres in RAS+ to FSL's millimetres of a grid.
  private static func frame(of grid: Grid) -> Affine {
    let size = grid.voxelSize
    var scaling = Affine.scaling(size, then: .zero)
    if grid.affine.determinant > 0 {
      let last = Double(grid.dimensions.x - 1) * size.x
      scaling = .scaling([-size.x, size.y, size.z], then: [last, 0, 0])
    }
    return scaling * grid.inverseAffine
  }
}
