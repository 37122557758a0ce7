import BIDS
import Design
import Imaging
import Job
import NIfTI
import Realignment

extension PreparedRun {
  /// Reads a run that another program has moved to a template; nothing is estimated.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - files: What lies beside its image.
  ///   - job: What was asked.
  /// - Throws: The error of the reader, or that a file does not belong to the run.
  init(_ run: Run, with files: PreprocessedFiles, job: Job) throws {
    let image = try readSeries(run.imagePath, assumesRAS: job.preprocessing.assumesRAS)
    let count = image.series.volumeCount
    let time = try BIDS.repetitionTime(
      sidecar: run.sidecar.repetitionTime,
      header: image.header.repetitionTime,
      path: run.imagePath
    )
    let confounds = try PreprocessedConfounds(of: files, volumeCount: count, job: job)
    let kept = (job.preprocessing.dummyScans.statedCount..<count).filter {
      !confounds.unsteady.contains($0)
    }
    try Self.requireVolumes(count, of: run, after: count - kept.count)
    let mean = meanVolume(of: image.series, over: kept)
    self.run = run
    held = HeldSeries(image.series)
    repetitionTime = time.seconds
    referenceTime =
      try run.sidecar.startTime(within: time.seconds) ?? job.preprocessing.sliceTimeReference
      * time.seconds
    dummyScans = job.preprocessing.dummyScans.statedCount
    // The volumes lie where they are to lie: every pose is the identity.
    motion = MotionEstimate(
      reference: mean,
      poses: (0..<count).map { _ in .identity },
      converged: (0..<count).map { _ in true },
      notes: []
    )
    unsteadyVolumes = confounds.unsteady
    headCentre = mean.grid.centre
    motionTable = confounds.table
    confoundNames = confounds.chosen
    let name = run.entities.name
    let found = [time.note, unknownVoxelNote(image.series), Self.timingNote(of: run)]
    notes = (run.notes + image.notes + found.compactMap(\.self) + confounds.notes).map {
      $0.contains(name) ? $0 : "\(name): \($0)"
    }
  }

  /// Says how times were treated before, where that is not as it should be.
  private static func timingNote(of run: Run) -> String? {
    if run.sidecar.sliceTimingCorrected == true { return nil }
    return
      "the sidecar does not say that slices were corrected in time; in a template they cannot be told "
      + "apart, so every slice is modelled at the reference time"
  }
}

/// Returns the mean of some volumes of a run.
private func meanVolume(of series: ImageSeries, over volumes: [Int]) -> Volume {
  var sums = [Double](repeating: 0, count: series.grid.voxelCount)
  for volume in volumes {
    for (voxel, value) in series.volume(volume).values.enumerated() { sums[voxel] += Double(value) }
  }
  let count = Double(max(1, volumes.count))
  return Volume(grid: series.grid, values: sums.map { Float($0 / count) })
}

extension PreparedRun {
  /// Returns the values of the mask's voxels as they are stored, place by place.
  ///
  /// - Parameters:
  ///   - mask: The voxels, on the run's own grid.
  ///   - kept: The volumes that are analysed.
  /// - Returns: The series, and the voxels that are out, since a kept volume has no number there.
  func storedSeries(in mask: Mask, kept: [Int]) -> ResampledSeries {
    let source = held.series
    var series = MaskedSeries(zerosIn: mask, volumeCount: source.volumeCount)
    var isOut = [Bool](repeating: false, count: mask.count)
    let isKept = Set(kept)
    for volume in 0..<source.volumeCount {
      let values = source.volume(volume).values
      for (place, voxel) in mask.indices.enumerated() {
        let value = values[voxel]
        if !value.isFinite, isKept.contains(volume) { isOut[place] = true }
        series.strips[series.offset(ofVoxel: place, volume: volume)] = value.isFinite ? value : 0
      }
    }
    return ResampledSeries(series: series, outOfView: isOut.indices.filter { isOut[$0] })
  }
}
