import BIDS
import Files
import Imaging
import Job
import NIfTI
import Normalization
import Realignment

/// A run without head motion in a file among the scratch files, until results are written.
public struct PreprocessedBold: Sendable {
  /// The scratch file.
  let path: String

  /// What it holds, as JSON.
  let description: String
}

extension SessionAnalysis {
  /// Writes a run on the session's grid, volume by volume: one interpolation in space, after the slices
  /// were moved in time where their times are known.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - space: The session's space.
  ///   - sessionToRun: The way from the session's reference to the run's, in mm.
  ///   - kept: The volumes that are analysed, which alone give to others where slices are moved in time.
  /// - Returns: The file; `nil` where none was asked for, and of a run that another program prepared.
  /// - Throws: The error of the file or of the slice times.
  func writeBold(
    _ prepared: PreparedRun,
    in space: SessionSpace,
    sessionToRun: Affine,
    kept: [Int]
  ) throws -> PreprocessedBold? {
    let asked = request.job.preprocessing
    guard asked.writesBold, prepared.run.preprocessed == nil else { return nil }
    var resampling = ResamplingRequest(
      series: prepared.held.series,
      motion: prepared.motion,
      sessionToRun: sessionToRun,
      mask: space.mask,
      threads: request.threads
    )
    resampling.interpolation = try interpolation(
      of: prepared,
      isAsked: asked.sliceTiming != .off,
      kept: kept
    )
    let volumes = VolumeResampling(resampling)
    let path = "\(request.workFolder)/\(prepared.run.entities.name)_desc-preproc_bold.nii.gz"
    try writeVolumes(
      prepared.held.volumeCount,
      on: space.mask.grid,
      to: path,
      repetitionTime: prepared.repetitionTime,
      spaceIsTemplate: space.normalization.isIdentity,
      description: "without head motion",
      threads: request.threads
    ) { volumes.volume($0) }
    let sidecar = BoldSidecar(
      of: prepared,
      kept: kept,
      areSlicesMoved: resampling.interpolation != nil
    )
    return PreprocessedBold(path: path, description: try sidecar.indentedJSON)
  }
}

/// The JSON beside a written run, in the words of BIDS.
private struct BoldSidecar: Encodable {
  let repetitionTime: Double
  let startTime: Double?
  let sliceTimingCorrected: Bool
  let skullStripped = false
  let taskName: String
  let numberOfVolumesDiscardedByUser = 0
  let description: String

  enum CodingKeys: String, CodingKey {
    case repetitionTime = "RepetitionTime"
    case startTime = "StartTime"
    case sliceTimingCorrected = "SliceTimingCorrected"
    case skullStripped = "SkullStripped"
    case taskName = "TaskName"
    case numberOfVolumesDiscardedByUser = "NumberOfVolumesDiscardedByUser"
    case description = "Description"
  }

  init(of prepared: PreparedRun, kept: [Int], areSlicesMoved: Bool) {
    repetitionTime = prepared.repetitionTime
    let isCorrected = prepared.run.sidecar.sliceTimingCorrected ?? false
    sliceTimingCorrected = areSlicesMoved || isCorrected
    startTime = sliceTimingCorrected ? prepared.referenceTime : nil
    taskName = prepared.run.entities.task ?? ""
    let lost = prepared.motion.converged.indices.filter { !prepared.motion.converged[$0] }
    let unmoved = Set(0..<prepared.held.volumeCount).subtracting(kept).sorted()
    let exception =
      areSlicesMoved && !unmoved.isEmpty
      ? ", but not in volumes that are not analysed (counted from 0: "
        + unmoved.map(String.init).joined(separator: ", ") + "), from which nothing is drawn either"
      : ""
    description =
      "All volumes on the session's reference grid, interpolated once in space (B-spline of degree 7); "
      + (areSlicesMoved
        ? "slices moved to StartTime beforehand (sinc over 16 volumes, Kaiser window)"
        : "slices not moved in time")
      + exception
      + "; 0 where the scanner's image does not reach. Values as acquired, not smoothed, not masked, "
      + "the first volumes included."
      + (lost.isEmpty
        ? ""
        : " The head's position was not found in volumes "
          + lost.map(String.init).joined(separator: ", ")
          + " (counted from 0), which lie between their neighbours' positions.")
  }
}
