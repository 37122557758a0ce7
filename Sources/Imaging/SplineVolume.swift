public import CImageKernel

/// The degree of an interpolating B-spline.
public enum SplineOrder: Int32, CaseIterable, Sendable {
  /// Piecewise cubic, 4 × 4 × 4 voxels per value.
  case cubic = 3

  /// Piecewise of degree 7, 8 × 8 × 8 voxels per value: for data that are interpolated once.
  case septic = 7
}

/// An image as a function of continuous position: the B-spline through its voxels.
///
/// The image is mirrored at its outermost voxel centres. A position is in view within half a voxel
/// of those centres, that is, inside the box of the outermost voxels; beyond there is no value.
///
/// Source: Unser, Aldroubi, Eden (1993), *IEEE Trans. Signal Processing* 41(2), 821-848.
public struct SplineVolume: Sendable {
  /// Where the voxels lie.
  public let grid: Grid

  /// The degree of the spline.
  public let order: SplineOrder

  /// The spline's coefficients, padded and mirrored, as the kernels take them.
  public let coefficients: [Float]

  /// Computes the spline through every voxel of an image.
  ///
  /// - Parameters:
  ///   - volume: The image; a value that is not finite counts as 0.
  ///   - order: The degree of the spline.
  /// - Complexity: O(voxels).
  public init(_ volume: Volume, order: SplineOrder) {
    let shape = volume.grid.kernelShape
    grid = volume.grid
    self.order = order
    coefficients = [Float](unsafeUninitializedCapacity: cik_padded_count(shape)) { buffer, count in
      if let base = buffer.baseAddress {
        cik_spline_coefficients(volume.values, shape, order.rawValue, base)
      }
      count = cik_padded_count(shape)
    }
  }

  /// Returns the value at a position, or `nil` out of view.
  ///
  /// For a few points; many are sampled faster by ``values(at:through:)``.
  ///
  /// - Parameter position: A point in mm, in the grid's own space.
  /// - Returns: The spline's value.
  public func callAsFunction(_ position: SIMD3<Double>) -> Float? {
    var block = [Float](repeating: 0, count: 3 * Int(CIK_LANES))
    let voxel = grid.inverseAffine(position)
    for axis in 0..<3 { block[axis * Int(CIK_LANES)] = Float(voxel[axis]) }
    let value = values(at: PointBlocks(blocks: block, count: 1), through: .identity)[0]
    return value.isNaN ? nil : value
  }

  /// Returns the values where an affine map takes a set of points.
  ///
  /// - Parameters:
  ///   - points: The points.
  ///   - map: From the points' frame to voxel indices of this image.
  /// - Returns: One value per point, NaN out of view.
  public func values(at points: PointBlocks, through map: Affine) -> [Float] {
    let blocks = points.blockCount
    var result = [Float](repeating: 0, count: blocks * PointBlocks.laneCount)
    let rows = map.kernelRows
    cik_sample(
      coefficients,
      grid.kernelShape,
      order.rawValue,
      rows,
      points.blocks,
      blocks,
      &result,
      PointBlocks.laneCount
    )
    result.removeLast(result.count - points.count)
    return result
  }
}

/// Points in blocks of 16 x, 16 y, 16 z, as the kernels take them.
public struct PointBlocks: Sendable {
  /// The number of points in a block.
  public static let laneCount = Int(CIK_LANES)

  /// The blocks; unused lanes of the last one hold zeros.
  public let blocks: [Float]

  /// The number of points.
  public let count: Int

  /// The number of blocks.
  public var blockCount: Int { blocks.count / (3 * Self.laneCount) }

  /// Wraps blocks that are filled already.
  ///
  /// - Parameters:
  ///   - blocks: The coordinates.
  ///   - count: The number of points.
  init(blocks: [Float], count: Int) {
    self.blocks = blocks
    self.count = count
  }

  /// Takes the voxel indices of some voxels of a grid.
  ///
  /// - Parameters:
  ///   - indices: Storage indices.
  ///   - grid: The grid.
  public init(voxels indices: some Collection<Int>, of grid: Grid) {
    let (lanes, indices) = (Self.laneCount, Array(indices))
    var blocks = [Float](repeating: 0, count: (indices.count + lanes - 1) / lanes * 3 * lanes)
    blocks.withUnsafeMutableBufferPointer { blocks in
      for place in 0..<indices.count {
        let voxel = grid.voxel(at: indices[place])
        let first = place / lanes * 3 * lanes + place % lanes
        blocks[first] = Float(voxel.x)
        blocks[first + lanes] = Float(voxel.y)
        blocks[first + 2 * lanes] = Float(voxel.z)
      }
    }
    self.init(blocks: blocks, count: indices.count)
  }
}

extension Grid {
  /// The dimensions as the kernels take them.
  public var kernelShape: cik_shape {
    cik_shape(x: Int32(dimensions.x), y: Int32(dimensions.y), z: Int32(dimensions.z))
  }
}

extension Affine {
  /// The twelve numbers row by row, as the kernels take them.
  public var kernelRows: [Double] {
    [rows.0, rows.1, rows.2].flatMap { [$0.x, $0.y, $0.z, $0.w] }
  }
}
