import Imaging

/// Where the pixels of axial pictures lie in space.
///
/// Pixels run from left to right along +x (so that left is left), from front to back along -y, and
/// slices upwards along +z. The image's own storage order plays no part, so an image keeps its
/// sides whatever order its voxels are stored in.
struct DisplayGrid: Equatable, Sendable {
  /// The position of the first pixel: leftmost, frontmost, lowest, in mm.
  let origin: SIMD3<Double>

  /// The distance between pixels in the plane, in mm.
  let pixelSize: Double

  /// The distance between slices, in mm.
  let sliceSpacing: Double

  /// The number of pixels along x and y, and of slices.
  let counts: SIMD3<Int>

  /// The pixels that cover a box of an image.
  ///
  /// Where the image is stored along the axes of the space, each voxel is shown by a whole number
  /// of pixels, unless the picture would be wider than allowed.
  ///
  /// - Parameters:
  ///   - grid: The image's voxels.
  ///   - box: Storage indices whose voxels must be shown; where empty, the whole grid is.
  ///   - largestWidth: The largest number of pixels along x or y.
  init(of grid: Grid, around box: [Int], largestWidth: Double) {
    let spacing = DisplayGrid.spacing(of: grid)
    let (lowest, highest) = DisplayGrid.bounds(of: box, in: grid)
    let margin = 2.0
    let inPlane = min(spacing.x, spacing.y)
    let extent = max(highest.x - lowest.x, highest.y - lowest.y) + 2 * margin * inPlane
    // Coarse voxels get two by two pixels, so that the picture is not mere blocks.
    let factor = inPlane > 1.7 ? 2.0 : 1.0
    let size = max(inPlane / factor, extent / largestWidth)
    // Pixel centres keep clear of the middle between two voxels, where the nearest is undecided.
    let inset = margin * inPlane + (size == inPlane / factor ? (1 - 1 / factor) / 2 * inPlane : 0)
    origin = [lowest.x - inset, highest.y + inset, lowest.z]
    pixelSize = size
    sliceSpacing = spacing.z
    counts = [
      Int(((highest.x - lowest.x + 2 * inset) / size).rounded()) + 1,
      Int(((highest.y - lowest.y + 2 * inset) / size).rounded()) + 1,
      Int(((highest.z - lowest.z) / spacing.z).rounded()) + 1,
    ]
  }

  /// The position of a pixel, in mm, RAS+.
  func position(column: Int, row: Int, slice: Int) -> SIMD3<Double> {
    [
      origin.x + Double(column) * pixelSize, origin.y - Double(row) * pixelSize,
      height(ofSlice: slice),
    ]
  }

  /// The z of a slice, in mm.
  func height(ofSlice slice: Int) -> Double { origin.z + Double(slice) * sliceSpacing }

  /// The slice nearest to a height.
  func slice(nearest height: Double) -> Int {
    let slice = ((height - origin.z) / sliceSpacing).rounded()
    return Int(min(max(slice, 0), Double(counts.z - 1)))
  }

  /// The voxel size along x, y and z of the space: that of the stored axis closest to each.
  private static func spacing(of grid: Grid) -> SIMD3<Double> {
    let size = grid.voxelSize
    var spacing = SIMD3<Double>(repeating: size.min())
    for axis in 0..<3 {
      let along = (0..<3).map { abs(grid.affine.column($0)[axis]) / size[$0] }
      let closest = (0..<3).max { along[$0] < along[$1] } ?? axis
      spacing[axis] = size[closest]
    }
    return spacing
  }

  private static func bounds(
    of box: [Int],
    in grid: Grid
  ) -> (lowest: SIMD3<Double>, highest: SIMD3<Double>) {
    var lowest = SIMD3<Double>(repeating: .infinity)
    var highest = -lowest
    func include(_ position: SIMD3<Double>) {
      lowest = pointwiseMin(lowest, position)
      highest = pointwiseMax(highest, position)
    }
    if box.isEmpty {
      let last = SIMD3<Double>(grid.dimensions &- 1)
      for corner in 0..<8 {
        let side = SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2))
        include(grid.affine(side * last))
      }
    } else {
      for index in box { include(grid.position(ofVoxel: index)) }
    }
    return (lowest, highest)
  }
}
