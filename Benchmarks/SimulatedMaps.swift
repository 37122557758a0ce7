import Imaging
import Statistics

/// Maps of smooth noise in a mask of a given number of voxels.
struct SimulatedMaps {
  /// There is no such grid, or it holds fewer voxels.
  struct NoMask: Error {}

  /// The voxels nearest to the grid's middle.
  let mask: Mask

  /// Chooses the voxels.
  ///
  /// - Parameters:
  ///   - dimensions: The number of voxels along each axis.
  ///   - millimetres: The size of a voxel.
  ///   - voxelCount: The number of voxels of the mask.
  /// - Throws: Where there is no such mask.
  init(dimensions: SIMD3<Int>, millimetres: Double, voxelCount: Int) throws {
    let affine = Affine(
      [millimetres, 0, 0, 0],
      [0, millimetres, 0, 0],
      [0, 0, millimetres, 0]
    )
    guard let grid = Grid(dimensions: dimensions, affine: affine),
      grid.voxelCount >= voxelCount
    else { throw NoMask() }
    let distances = (0..<grid.voxelCount).map { index -> Double in
      let way = (grid.position(ofVoxel: index) - grid.centre) / (SIMD3<Double>(dimensions))
      return (way * way).sum()
    }
    let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    let inside = Set(order.prefix(voxelCount))
    mask = Mask(grid: grid) { inside.contains($0) }
  }

  /// Returns one map of noise, 6 mm smooth and of variance 1 or so.
  ///
  /// - Parameter seed: Where the draw begins.
  /// - Returns: One value per voxel of the mask.
  func field(seed: UInt64) -> [Float] {
    var numbers = SeededGenerator(seed: seed)
    let values = (0..<mask.grid.voxelCount).map { _ in Float(numbers.normal()) }
    let image = smooth(
      Volume(grid: mask.grid, values: values),
      inside: mask,
      fwhm: SIMD3(repeating: 6)
    )
    let inside = mask.indices.map { image.values[$0] }
    let square = inside.reduce(0) { $0 + $1 * $1 } / Float(inside.count)
    return inside.map { $0 / square.squareRoot() }
  }

  /// Returns a map per participant.
  ///
  /// - Parameter participants: How many.
  /// - Returns: The maps.
  func maps(participants: Int) -> GroupMaps {
    GroupMaps((0..<participants).map { field(seed: UInt64($0 + 1)) })
  }
}
