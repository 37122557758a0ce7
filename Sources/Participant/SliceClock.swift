import BIDS
import Imaging

/// When each slice of a run is acquired within a volume, and which slice a voxel belongs to.
struct SliceClock {
  /// The stored axis along which slices follow each other, 0 to 2.
  let axis: Int

  /// The time of each slice after the start of its volume, in s; one value for all where slices
  /// are not told apart.
  let times: [Double]

  /// The run's own grid.
  let grid: Grid

  /// Reads the clock of a run from its sidecar.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - isAsked: Whether slices are to be told apart at all.
  /// - Throws: ``ParticipantError/sliceTiming(path:reason:)`` where the sidecar's list does not fit.
  init(of prepared: PreparedRun, isAsked: Bool) throws {
    grid = prepared.held.grid
    let direction = prepared.run.sidecar.sliceEncodingDirection ?? "k"
    guard let axis = ["i": 0, "j": 1, "k": 2][direction.filter { $0 != "-" }] else {
      throw ParticipantError.sliceTiming(
        path: prepared.run.imagePath,
        reason:
          "is along \"\(direction)\", and SliceEncodingDirection is one of i, j, k, i-, j-, k-"
      )
    }
    self.axis = axis
    let isMixed = prepared.run.preprocessed != nil
    let isCorrected = prepared.run.sidecar.sliceTimingCorrected ?? false
    guard isAsked, !isCorrected, !isMixed, let listed = prepared.run.sidecar.sliceTiming else {
      times = [prepared.referenceTime]
      return
    }
    let path = prepared.run.imagePath
    guard listed.count == grid.dimensions[axis] else {
      let reason = "has \(listed.count) times for \(grid.dimensions[axis]) slices"
      throw ParticipantError.sliceTiming(path: path, reason: reason)
    }
    guard listed.allSatisfy({ $0 >= 0 && $0 <= prepared.repetitionTime }) else {
      let reason = "has times outside 0 to the repetition time, \(prepared.repetitionTime) s"
      throw ParticipantError.sliceTiming(path: path, reason: reason)
    }
    times = direction.hasSuffix("-") ? listed.reversed() : listed
  }

  /// Whether slices are told apart.
  var tellsSlices: Bool { times.count > 1 }

  /// Returns where a run acquires the voxels of a mask.
  ///
  /// - Parameters:
  ///   - mask: The voxels, on the session's grid.
  ///   - sessionToRun: The way from the session's reference to the run's own, in mm.
  /// - Returns: Their places along the slices; all the same where slices are not told apart.
  func places(of mask: Mask, sessionToRun: Affine) -> SlicePlaces {
    let map = grid.inverseAffine * sessionToRun * mask.grid.affine
    return SlicePlaces(
      mask.indices.map { tellsSlices ? map(SIMD3<Double>(mask.grid.voxel(at: $0)))[axis] : 0 },
      sliceCount: times.count
    )
  }
}
