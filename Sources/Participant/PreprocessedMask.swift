import BIDS
import Imaging
import Job
import NIfTI

extension SessionAnalysis {
  /// Returns the brain that all prepared runs of the session share.
  ///
  /// - Parameter grid: The grid of the first run.
  /// - Returns: The voxels inside every run's mask, and a sentence where runs differ.
  /// - Throws: The error of a mask, or that it lies on another grid than the image.
  func preprocessedMask(on grid: Grid) throws -> (mask: Mask, note: String?) {
    var inside = [Int](repeating: 0, count: grid.voxelCount)
    var largest = 0
    let all = runs.compactMap(\.preprocessed)
    for files in all {
      let volume = try readVolume(
        files.maskPath,
        assumesRAS: request.job.preprocessing.assumesRAS
      )
      guard volume.grid.isSame(as: grid) else {
        throw ParticipantError.otherGrid(path: files.maskPath)
      }
      var count = 0
      for (voxel, value) in volume.values.enumerated() where value > 0.5 {
        inside[voxel] += 1
        count += 1
      }
      largest = max(largest, count)
    }
    let mask = Mask(grid: grid) { inside[$0] == all.count }
    let lost = largest > 0 ? 1 - Double(mask.count) / Double(largest) : 0
    guard lost > 0.05 else { return (mask, nil) }
    let percent = Int((100 * lost).rounded())
    return (
      mask,
      "\(names.stem): \(percent) % of the largest brain mask is outside that of another run and takes no part"
    )
  }
}

extension Grid {
  /// Whether the voxels of another grid lie where those of this one do, to a hundredth of a mm.
  func isSame(as other: Grid) -> Bool {
    guard dimensions == other.dimensions else { return false }
    let last = SIMD3<Double>(dimensions) - 1
    return (0..<8).allSatisfy { corner in
      let voxel = SIMD3(
        corner & 1 == 0 ? 0 : last.x,
        corner & 2 == 0 ? 0 : last.y,
        corner & 4 == 0 ? 0 : last.z
      )
      let gap = affine(voxel) - other.affine(voxel)
      return (gap * gap).sum() < 1e-4
    }
  }
}
