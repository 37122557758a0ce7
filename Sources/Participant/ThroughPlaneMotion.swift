import BIDS
import Files
import Imaging
import Realignment

/// Returns what must be said of the motion that took voxels from one slice to another.
///
/// Per-slice regressors assume that a voxel stays in its slice; above half a slice they do not fit.
///
/// - Parameters:
///   - prepared: The run.
///   - clock: When its slices are acquired.
/// - Returns: The largest through-plane motion in words; nothing where slices are not told apart.
func throughPlaneNotes(of prepared: PreparedRun, clock: SliceClock) -> [String] {
  guard clock.tellsSlices else { return [] }
  let grid = prepared.series.grid
  let spacing = grid.voxelSize[clock.axis]
  let largest =
    prepared.motion.poses.indices.map { volume in
      let moved = prepared.motion.map(ofVolume: volume)(grid.centre)
      return abs(
        grid.inverseAffine(moved)[clock.axis] - grid.inverseAffine(grid.centre)[clock.axis]
      )
    }
    .max() ?? 0
  let name = prepared.run.entities.name
  let words = "\(fixed(largest * spacing, digits: 2)) mm, \(fixed(largest, digits: 2)) slices"
  guard largest > 0.5 else { return ["\(name): the largest through-plane motion is \(words)"] }
  return [
    "\(name): the largest through-plane motion is \(words); above half a slice per-slice regressors "
      + "do not fit every volume, so consider --slice-timing interpolate or leaving out volumes"
  ]
}
