import Algebra
import CImageKernel
import Imaging

/// The points that a pose is found from: where each is, the reference's value there, and how the
/// value changes with the six motions.
struct PointTable {
  /// The kernel's blocks: per block of 16 points the rows x, y, z (voxels), value, six derivatives.
  private(set) var blocks: [Float]

  /// The number of points.
  private(set) var count: Int

  private static let rows = Int(CIK_BLOCK_ROWS)
  private static let lanes = PointBlocks.laneCount

  /// Room for some points.
  private init(roomFor count: Int) {
    self.count = count
    let size = Self.rows * Self.lanes
    blocks = [Float](repeating: 0, count: (count + Self.lanes - 1) / Self.lanes * size)
  }

  /// Takes the voxels of an image.
  ///
  /// - Parameters:
  ///   - points: Storage indices.
  ///   - image: The reference.
  ///   - centre: The point that turns are about, in mm.
  ///   - radius: The distance in mm at which an angle counts as a distance.
  init(_ points: [Int], of image: Volume, about centre: SIMD3<Double>, radius: Double) {
    self.init(roomFor: points.count)
    let (grid, lanes) = (image.grid, Self.lanes)
    let voxels = grid.voxelCount
    var gradient = [Float](repeating: 0, count: 3 * voxels)
    let spline = SplineVolume(image, order: .cubic)
    cik_cubic_gradient(spline.coefficients, grid.kernelShape, &gradient)
    let inverse = grid.inverseAffine
    let (a, b, c) = (inverse.column(0), inverse.column(1), inverse.column(2))
    blocks.withUnsafeMutableBufferPointer { blocks in
      for (place, index) in points.enumerated() {
        let voxel = SIMD3<Double>(grid.voxel(at: index))
        let slope = SIMD3(
          Double(gradient[index]),
          Double(gradient[voxels + index]),
          Double(gradient[2 * voxels + index])
        )
        let perMillimetre = SIMD3((slope * a).sum(), (slope * b).sum(), (slope * c).sum())
        let turn = (grid.affine(voxel) - centre).cross(perMillimetre) / radius
        let first = place / lanes * Self.rows * lanes + place % lanes
        for axis in 0..<3 {
          blocks[first + axis * lanes] = Float(voxel[axis])
          blocks[first + (4 + axis) * lanes] = Float(perMillimetre[axis])
          blocks[first + (7 + axis) * lanes] = Float(turn[axis])
        }
        blocks[first + 3 * lanes] = image.values[index]
      }
    }
  }

  /// The 7 × 7 products of the six derivatives and the value, and the sum of the values.
  var products: (normal: Matrix, total: Double) {
    // Sixteen points side by side, in float64; their lanes are added at the end.
    var sums = [SIMD16<Double>](repeating: .zero, count: 28)
    var total = SIMD16<Double>.zero
    blocks.withUnsafeBytes { raw in
      for block in 0..<(count + Self.lanes - 1) / Self.lanes {
        let rows = (0..<7).map { row -> SIMD16<Double> in
          let place = (block * Self.rows + (row == 6 ? 3 : 4 + row)) * Self.lanes
          return SIMD16<Double>(
            raw.loadUnaligned(fromByteOffset: 4 * place, as: SIMD16<Float>.self)
          )
        }
        total += rows[6]
        var at = 0
        for i in 0..<7 {
          for j in 0...i {
            sums[at] += rows[i] * rows[j]
            at += 1
          }
        }
      }
    }
    var normal = Matrix(zeros: 7, 7)
    var at = 0
    for i in 0..<7 {
      for j in 0...i {
        normal[i, j] = sums[at].sum()
        normal[j, i] = normal[i, j]
        at += 1
      }
    }
    return (normal, total.sum())
  }

  /// Returns the points that hold a share of all knowledge of the pose, the best ones, in the order
  /// they were in.
  ///
  /// A point's part is its leverage, x' (X'X)^-1 x with its row x of derivatives and value; the
  /// leverages of all points sum to 7. Most points lie where nothing changes and know nearly nothing.
  ///
  /// - Parameter share: The share, up to 1.
  /// - Returns: Fewer points; all of them where they do not fix a pose.
  func mostInformative(_ share: Double) -> PointTable {
    guard let factor = Cholesky(products.normal) else { return self }
    let lower = (0..<7).map { i in (0...i).map { factor.lower[i, $0] } }
    let leverages = (0..<count).map { leverage(of: $0, lower: lower) }
    // In steps of 1/64 of a power of two, which sort as the leverages do.
    var found = [Double](repeating: 0, count: 64 * 64)
    func step(_ leverage: Double) -> Int {
      leverage > 0 ? max(0, min(64 * 64 - 1, Int(64 * (60 + leverage.exponentAndShare)))) : 0
    }
    for leverage in leverages { found[step(leverage)] += leverage }
    var (least, sum) = (found.count, 0.0)
    let wanted = share * found.reduce(0, +)
    while least > 0, sum < wanted {
      least -= 1
      sum += found[least]
    }
    return keeping(leverages.indices.filter { step(leverages[$0]) >= least })
  }

  private func leverage(of point: Int, lower: [[Double]]) -> Double {
    let first = point / Self.lanes * Self.rows * Self.lanes + point % Self.lanes
    var sum = 0.0
    var solved = SIMD8<Double>.zero
    for i in 0..<7 {
      var value = Double(blocks[first + (i == 6 ? 3 : 4 + i) * Self.lanes])
      for j in 0..<i { value -= lower[i][j] * solved[j] }
      solved[i] = value / lower[i][i]
      sum += solved[i] * solved[i]
    }
    return sum
  }

  private func keeping(_ kept: [Int]) -> PointTable {
    var result = PointTable(roomFor: kept.count)
    for (place, point) in kept.enumerated() {
      let from = point / Self.lanes * Self.rows * Self.lanes + point % Self.lanes
      let to = place / Self.lanes * Self.rows * Self.lanes + place % Self.lanes
      for row in 0..<Self.rows {
        result.blocks[to + row * Self.lanes] = blocks[from + row * Self.lanes]
      }
    }
    return result
  }
}

extension Double {
  /// The logarithm to the base 2, linear between the powers of two: monotone, and cheap.
  fileprivate var exponentAndShare: Double { Double(exponent) + (significand - 1) }
}
