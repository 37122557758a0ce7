/// Where the voxels of an image lie: how many along each axis, and the map to millimetres.
///
/// Voxels are counted from 0, and stored with the first axis running fastest.
public struct Grid: Equatable, Sendable {
  /// The number of voxels along each stored axis.
  public let dimensions: SIMD3<Int>

  /// Voxel indices (0-based, of voxel centres) to millimetres in the image's own space, RAS+.
  public let affine: Affine

  /// The inverse of ``affine``: millimetres to (fractional) voxel indices.
  public let inverseAffine: Affine

  /// Creates a grid, or returns `nil` where a dimension is below 1 or the map is not invertible.
  ///
  /// - Parameters:
  ///   - dimensions: The number of voxels along each stored axis.
  ///   - affine: Voxel indices to millimetres, RAS+.
  public init?(dimensions: SIMD3<Int>, affine: Affine) {
    guard dimensions.min() > 0, let inverse = affine.inverse else { return nil }
    self.dimensions = dimensions
    self.affine = affine
    self.inverseAffine = inverse
  }

  /// The number of voxels.
  public var voxelCount: Int { dimensions.x * dimensions.y * dimensions.z }

  /// The distance between neighbouring voxel centres along each stored axis, in mm.
  public var voxelSize: SIMD3<Double> {
    [affine.column(0).length, affine.column(1).length, affine.column(2).length]
  }

  /// The centre of the grid, in mm.
  public var centre: SIMD3<Double> {
    affine((SIMD3<Double>(dimensions) - 1) / 2)
  }

  /// Returns the storage index of a voxel.
  public func index(_ x: Int, _ y: Int, _ z: Int) -> Int {
    x + dimensions.x * (y + dimensions.y * z)
  }

  /// Returns the three voxel indices of a storage index.
  ///
  /// - Parameter index: A storage index, 0 ..< ``voxelCount``.
  /// - Returns: Its place along each stored axis, from 0.
  public func voxel(at index: Int) -> SIMD3<Int> {
    let plane = dimensions.x * dimensions.y
    return [index % dimensions.x, index % plane / dimensions.x, index / plane]
  }

  /// Returns the position of a voxel's centre, in mm.
  ///
  /// - Parameter index: A storage index, 0 ..< ``voxelCount``.
  /// - Returns: Its centre in the grid's own space, in mm.
  public func position(ofVoxel index: Int) -> SIMD3<Double> {
    affine(SIMD3<Double>(voxel(at: index)))
  }

  /// Returns the storage index of the voxel that a point lies in, or `nil` outside the grid.
  ///
  /// - Parameter position: A point in mm, in the grid's own space.
  /// - Returns: The voxel whose centre is nearest along every axis.
  public func nearestVoxel(to position: SIMD3<Double>) -> Int? {
    let voxel = inverseAffine(position).rounded(.toNearestOrAwayFromZero)
    guard voxel.x >= 0, voxel.y >= 0, voxel.z >= 0, voxel.x < Double(dimensions.x),
      voxel.y < Double(dimensions.y), voxel.z < Double(dimensions.z)
    else { return nil }
    return index(Int(voxel.x), Int(voxel.y), Int(voxel.z))
  }
}
