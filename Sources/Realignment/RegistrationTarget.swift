import Algebra
import CImageKernel
import Imaging

/// What volumes are brought onto: the reference's values, and how they change with motion.
///
/// Prepared once per reference and scale; then every step of every volume costs one interpolation
/// and seven products per point (inverse-compositional Gauss-Newton).
///
/// Source: Baker, Matthews (2004), *International Journal of Computer Vision* 56(3), 221-255.
struct RegistrationTarget: Sendable {
  /// The radius at which an angle counts as a distance, in mm, so that all parameters are in mm.
  static let radius = 60.0

  /// How coarse the images are.
  let scale: RegistrationScale

  /// The reference's grid at that scale.
  let grid: Grid

  /// The point that increments turn about, in mm.
  let centre: SIMD3<Double>

  /// The points, as the kernel takes them.
  let blocks: [Float]

  /// The number of points.
  let pointCount: Int

  /// The variance of the reference over the points.
  let variance: Double

  /// The normal matrix of six motions and the gain.
  let normal: Cholesky

  /// Prepares a reference, or returns `nil` where it has no structure that would fix a pose.
  ///
  /// - Parameters:
  ///   - reference: The image.
  ///   - scale: How coarse it is made.
  ///   - share: How much of what the points know of the pose is kept; the points that know least are
  ///     left out first.
  ///   - isInside: Whether a position in mm takes part.
  init?(
    _ reference: Volume,
    scale: RegistrationScale,
    share: Double = 1,
    isInside: (SIMD3<Double>) -> Bool
  ) {
    let image = scale.image(of: reference)
    let grid = image.grid
    let inside = (0..<grid.voxelCount).filter { isInside(grid.position(ofVoxel: $0)) }
    guard inside.count > 50 else { return nil }
    centre = inside.reduce(.zero) { $0 + grid.position(ofVoxel: $1) } / Double(inside.count)
    var points = PointTable(inside, of: image, about: centre, radius: Self.radius)
    if share < 1 { points = points.mostInformative(share) }
    guard points.count > 50 else { return nil }
    self.scale = scale
    self.grid = grid
    pointCount = points.count
    blocks = points.blocks
    let sums = points.products
    guard let normal = Cholesky(sums.normal) else { return nil }
    self.normal = normal
    let mean = sums.total / Double(points.count)
    variance = sums.normal[6, 6] / Double(points.count) - mean * mean
    // What rounding leaves of an even image is no structure.
    guard variance > 1e-8 * mean * mean else { return nil }
  }
}
