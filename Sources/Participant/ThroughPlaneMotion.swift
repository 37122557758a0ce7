import BIDS
import Files
import Imaging
import Realignment

/// How far the head moved from one slice to another.
///
/// Per-slice regressors assume that a voxel stays in its slice; above half a slice they do not fit.
struct ThroughPlaneMotion {
  /// The largest motion of any part of the brain along the slices in a kept volume, in slices.
  let slices: Double

  /// The distance between neighbouring slices, in mm.
  let spacing: Double

  /// Whether regressors per slice no longer fit.
  var isTooLarge: Bool { slices > 0.5 }

  /// Measures the motion at the brain's outermost voxels along every axis: what turns moves these most.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - brain: The brain, on the session's grid.
  ///   - sessionToRun: The way from the session's reference to the run's own, in mm.
  ///   - kept: The volumes that are analysed.
  ///   - axis: The stored axis along which slices follow each other.
  init(
    of prepared: PreparedRun,
    brain: Mask,
    sessionToRun: Affine,
    kept: [Int],
    axis: Int
  ) {
    let grid = prepared.held.grid
    let points = brain.outermostVoxels.map { sessionToRun(brain.grid.position(ofVoxel: $0)) }
    slices =
      kept.lazy.flatMap { volume in
        let map = prepared.motion.map(ofVolume: volume)
        return points.map {
          abs(grid.inverseAffine(map($0))[axis] - grid.inverseAffine($0)[axis])
        }
      }
      .max() ?? 0
    spacing = grid.voxelSize[axis]
  }

  /// The motion in a sentence, with what to do where it is too large.
  ///
  /// - Parameter run: The run.
  /// - Returns: The sentence.
  func note(of run: Run) -> String {
    let words =
      "\(run.entities.name): the largest through-plane motion of the brain is "
      + "\(fixed(slices * spacing, digits: 2)) mm, \(fixed(slices, digits: 2)) slices"
    guard isTooLarge else { return words }
    return words + "; above half a slice regressors per slice do not fit every volume, so consider "
      + "--slice-timing interpolate, or --censor-above to leave out volumes"
  }
}

extension Mask {
  /// The storage indices of the first and last voxel along each axis; none of an empty mask.
  fileprivate var outermostVoxels: [Int] {
    (0..<3).flatMap { axis in
      let along = { (index: Int) in grid.voxel(at: index)[axis] }
      return [indices.min { along($0) < along($1) }, indices.max { along($0) < along($1) }]
        .compactMap(\.self)
    }
  }
}
