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
  ///   - stride: Every how many of the points are taken.
  ///   - isInside: Whether a position in mm takes part.
  init?(
    _ reference: Volume,
    scale: RegistrationScale,
    stride: Int = 1,
    isInside: (SIMD3<Double>) -> Bool
  ) {
    let image = scale.image(of: reference)
    let grid = image.grid
    let inside = (0..<grid.voxelCount).filter { isInside(grid.position(ofVoxel: $0)) }
    let points = Swift.stride(from: 0, to: inside.count, by: stride).map { inside[$0] }
    guard points.count > 50 else { return nil }
    centre = points.reduce(.zero) { $0 + grid.position(ofVoxel: $1) } / Double(points.count)
    self.scale = scale
    self.grid = grid
    pointCount = points.count
    blocks = Self.fill(points, of: image, about: centre)
    let sums = Self.products(blocks)
    guard let normal = Cholesky(sums.normal) else { return nil }
    self.normal = normal
    let mean = sums.total / Double(points.count)
    variance = sums.normal[6, 6] / Double(points.count) - mean * mean
    guard variance > 0 else { return nil }
  }

  /// Fills the kernel's blocks: position, value, and the value's change per mm of each motion.
  private static func fill(_ points: [Int], of image: Volume, about centre: SIMD3<Double>)
    -> [Float]
  {
    let (grid, lanes) = (image.grid, PointBlocks.laneCount)
    let rows = Int(CIK_BLOCK_ROWS)
    let count = grid.voxelCount
    var gradient = [Float](repeating: 0, count: 3 * count)
    let spline = SplineVolume(image, order: .cubic)
    cik_cubic_gradient(spline.coefficients, grid.kernelShape, &gradient)
    var blocks = [Float](repeating: 0, count: (points.count + lanes - 1) / lanes * rows * lanes)
    let inverse = grid.inverseAffine
    let (a, b, c) = (inverse.column(0), inverse.column(1), inverse.column(2))
    for (place, index) in points.enumerated() {
      let voxel = SIMD3<Double>(grid.voxel(at: index))
      let slope = SIMD3(
        Double(gradient[index]),
        Double(gradient[count + index]),
        Double(gradient[2 * count + index])
      )
      let perMillimetre = SIMD3((slope * a).sum(), (slope * b).sum(), (slope * c).sum())
      let turn = (grid.affine(voxel) - centre).cross(perMillimetre) / radius
      let first = place / lanes * rows * lanes + place % lanes
      let column: [Double] = [
        voxel.x, voxel.y, voxel.z, Double(image.values[index]), perMillimetre.x, perMillimetre.y,
        perMillimetre.z, turn.x, turn.y, turn.z,
      ]
      for (row, value) in column.enumerated() { blocks[first + row * lanes] = Float(value) }
    }
    return blocks
  }

  /// The 7 × 7 products of the six derivatives and the value, and the sum of the values.
  private static func products(_ blocks: [Float]) -> (normal: Matrix, total: Double) {
    let (lanes, rows) = (PointBlocks.laneCount, Int(CIK_BLOCK_ROWS))
    var normal = Matrix(zeros: 7, 7)
    var total = 0.0
    var column = [Double](repeating: 0, count: 7)
    for block in 0..<blocks.count / (rows * lanes) {
      for lane in 0..<lanes {
        let first = block * rows * lanes + lane
        for k in 0..<6 { column[k] = Double(blocks[first + (4 + k) * lanes]) }
        column[6] = Double(blocks[first + 3 * lanes])
        total += column[6]
        for i in 0..<7 { for j in 0...i { normal[i, j] += column[i] * column[j] } }
      }
    }
    for i in 0..<7 { for j in i..<7 { normal[i, j] = normal[j, i] } }
    return (normal, total)
  }
}
