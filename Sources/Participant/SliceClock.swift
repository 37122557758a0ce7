import BIDS
import Glibc
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
  ///   - isModelled: Whether slices are told apart at all.
  /// - Throws: ``ParticipantError/sliceTiming(path:reason:)`` where the sidecar's list does not fit.
  init(of prepared: PreparedRun, isModelled: Bool) throws {
    grid = prepared.series.grid
    let direction = prepared.run.sidecar.sliceEncodingDirection ?? "k"
    guard let axis = ["i": 0, "j": 1, "k": 2][direction.filter { $0 != "-" }] else {
      throw ParticipantError.sliceTiming(
        path: prepared.run.imagePath,
        reason:
          "is along \"\(direction)\", and SliceEncodingDirection is one of i, j, k, i-, j-, k-"
      )
    }
    self.axis = axis
    let isCorrected = prepared.run.sidecar.sliceTimingCorrected ?? false
    guard isModelled, !isCorrected, let listed = prepared.run.sidecar.sliceTiming else {
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
  var isModelled: Bool { times.count > 1 }

  /// Returns the slice in which a run acquires a point of the head.
  ///
  /// - Parameter position: The point in the run's own reference, in mm.
  /// - Returns: The nearest slice, from 0.
  func slice(at position: SIMD3<Double>) -> Int {
    guard isModelled else { return 0 }
    let along = grid.inverseAffine(position)[axis].rounded()
    return min(max(Int(exactly: along) ?? 0, 0), times.count - 1)
  }

  /// Returns how much of every slice a smoothed voxel holds.
  ///
  /// The smoothing kernel mixes slices; a regressor must be mixed by the same weights.
  ///
  /// - Parameters:
  ///   - slice: The voxel's own slice.
  ///   - smoothing: The full width at half maximum, in mm.
  /// - Returns: One weight per slice, of sum 1.
  func mixture(around slice: Int, smoothing: Double) -> [Double] {
    guard isModelled else { return [1] }
    let sigma = smoothing / 2.354820045030949 / grid.voxelSize[axis]
    let weights = times.indices.map { other in
      let distance = Double(other - slice)
      return sigma > 0
        ? exp(-0.5 * (distance / sigma) * (distance / sigma)) : (other == slice ? 1 : 0)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
