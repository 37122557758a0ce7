import Imaging
import NIfTI
import Testing

/// A small label image in MNI millimetres: region 300 left, region 5 right, both off centre.
enum Phantom {
  /// Writes the image, with its first axis stored in either direction.
  ///
  /// - Parameters:
  ///   - path: The image.
  ///   - isFlipped: Whether the first axis runs from right to left.
  ///   - encoding: How the labels are stored.
  /// - Throws: What the writing throws.
  static func write(
    _ path: String,
    isFlipped: Bool = false,
    encoding: StoredAs = .float32
  ) throws {
    let volume = try volume(isFlipped: isFlipped)
    try writeVolume(
      volume,
      to: path,
      spaceIsTemplate: true,
      description: "phantom",
      encoding: encoding
    )
  }

  /// The image's labels, at 2 mm: x from -20 to 20 mm, y and z from 0 to 18 mm.
  ///
  /// - Parameter isFlipped: Whether the first axis runs from right to left.
  /// - Returns: The labels as numbers.
  /// - Throws: Nothing that can happen.
  static func volume(isFlipped: Bool) throws -> Volume {
    let step = isFlipped ? -2.0 : 2.0
    let affine = Affine.scaling([step, 2, 2], then: [-10 * step, 0, 0])
    let grid = try #require(Grid(dimensions: [21, 10, 10], affine: affine))
    let values = (0..<grid.voxelCount).map { index -> Float in
      let point = grid.position(ofVoxel: index)
      if point.x <= -10, point.y < 8 { return 300 }
      return point.x >= 4 && point.x < 14 && point.z < 6 ? 5 : 0
    }
    return Volume(grid: grid, values: values)
  }

  /// The number of voxels of region 300: x -20 to -10, y 0 to 6, z 0 to 18.
  static let leftCount = 6 * 4 * 10

  /// The number of voxels of region 5: x 4 to 12, y 0 to 18, z 0 to 4.
  static let rightCount = 5 * 10 * 3
}
