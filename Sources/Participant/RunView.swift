import BIDS
import Imaging
import Realignment

extension SessionAnalysis {
  /// Returns what of the session's whole brain the analysed volumes of a run hold.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - space: The session's space.
  ///   - sessionToRun: The way from the session's reference to the run's, in mm.
  ///   - kept: The volumes that are analysed.
  /// - Returns: The voxels in view, and the volume that costs most of them.
  func view(
    of prepared: PreparedRun,
    in space: SessionSpace,
    _ sessionToRun: Affine,
    kept: [Int]
  ) -> FieldOfView {
    fieldOfView(
      of: ResamplingRequest(
        series: prepared.held.series,
        motion: prepared.motion,
        sessionToRun: sessionToRun,
        mask: space.view.wanted,
        keptVolumes: kept,
        threads: request.threads
      )
    )
  }
}

/// Says how much of the brain a run does not hold, where that is 1 % or more, or the mask that the session
/// shares is not all there.
///
/// - Parameters:
///   - view: What of the whole brain its analysed volumes hold.
///   - outOfMask: The number of voxels of the session's mask that it lacks.
///   - run: The run.
/// - Returns: The sentences.
func viewNotes(_ view: FieldOfView, outOfMask: Int, of run: Run) -> [String] {
  let name = run.entities.name
  if run.preprocessed != nil, outOfMask > 0 {
    return ["\(name): \(outOfMask) voxels of the mask have no signal in some volume and are out"]
  }
  guard view.share <= 0.99 || outOfMask > 0 else { return [] }
  let lost = view.wanted.count - view.seen.count
  let worst = view.worst.map {
    "; volume \($0.volume), counted from 0, alone lacks \($0.lostCount)"
  }
  return [
    "\(name): \(lost) of the brain's \(view.wanted.count) voxels are out of the field of view in some "
      + "analysed volume and take no part\(worst ?? "")"
  ]
}
