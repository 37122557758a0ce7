public import Imaging

/// A run without head motion, whole volume by whole volume: for a file that is written as they come.
///
/// What ``resample(_:)`` does for the voxels of a mask, for all voxels of its grid: one interpolation
/// by a spline of degree 7, after the slices were moved in time where that is asked for.
public struct VolumeResampling: Sendable {
  private let request: ResamplingRequest
  private let points: PointBlocks

  /// Prepares the volumes.
  ///
  /// - Parameter request: The run and its motion; of the mask only the grid counts.
  public init(_ request: ResamplingRequest) {
    self.request = request
    let grid = request.mask.grid
    points = PointBlocks(voxels: 0..<grid.voxelCount, of: grid)
  }

  /// Returns one volume on the mask's grid.
  ///
  /// - Parameter index: The volume, counted from 0.
  /// - Returns: The volume; 0 where the acquired volume does not reach, or holds no number.
  /// - Complexity: O(voxels).
  public func volume(_ index: Int) -> Volume {
    let image = request.interpolation?.volume(index) ?? request.series.volume(index)
    let map = request.voxelMap(ofVolume: index)
    let grid = request.mask.grid
    var values = SplineVolume(image, order: .septic).values(at: points, through: map)
    let broken = image.values.map { !$0.isFinite }
    let isBroken = broken.contains(true)
    for voxel in values.indices {
      if values[voxel].isNaN {
        values[voxel] = 0
      } else if isBroken,
        touches(broken, map(SIMD3<Double>(grid.voxel(at: voxel))), in: image.grid)
      {
        values[voxel] = 0
      }
    }
    return Volume(grid: grid, values: values)
  }
}
