import Atlas
import BIDS
import Design
import GLM
import Imaging
import Job
import Realignment
import Statistics

extension SessionAnalysis {
  /// Resamples a run into the session's space and fits its model to every voxel and region.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - space: The session's space.
  ///   - isFirst: Whether the space was made from this run.
  /// - Returns: What was found.
  /// - Throws: The first error of any step.
  func fit(_ prepared: PreparedRun, in space: SessionSpace, isFirst: Bool) throws -> RunResult {
    let isThere = isFirst || prepared.run.preprocessed != nil
    let sessionToRun = isThere ? .identity : try align(prepared, with: space)
    let kept = volumesToKeep(
      of: prepared,
      censoringAbove: request.job.model.censoringThreshold
    )
    var resampled = try resampled(prepared, in: space, sessionToRun: sessionToRun, kept: kept)
    let bold = try writeBold(prepared, in: space, sessionToRun: sessionToRun, kept: kept)
    let view = isThere ? space.view : view(of: prepared, in: space, sessionToRun, kept: kept)
    prepared.held.letGo()
    let confounds =
      prepared.run.preprocessed != nil
      ? RunConfounds(table: prepared.motionTable)
      : RunConfounds(
        of: prepared,
        series: resampled.series,
        tissues: space.tissues,
        kept: kept,
        threads: request.threads
      )
    request.progress("\(prepared.run.entities.name): model")
    let baseline = baseline(of: resampled, kept: kept)
    let model = try RunModel(
      of: prepared,
      in: space,
      sessionToRun: sessionToRun,
      confounds: confounds.table,
      keptVolumes: kept,
      leavingOut: baseline.indices.filter { baseline[$0].isNaN },
      events: events,
      job: request.job,
      threads: request.threads
    )
    let regions = try fitRegions(
      resampled.series,
      baseline: baseline,
      model: model,
      in: space,
      repetitionTime: prepared.repetitionTime
    )
    let signalToNoise = medianSignalToNoise(resampled.series, kept: model.keptVolumes)
    let carpet = CarpetMatrix(of: resampled, kept: model.keptVolumes)
    let outside = viewNotes(view, outOfMask: resampled.outOfView.count, of: prepared.run)
    let inView =
      prepared.run.preprocessed == nil
      ? view.share : 1 - Double(resampled.outOfView.count) / Double(max(1, space.mask.count))
    // Nothing needs the unsmoothed run any more: it is smoothed where it lies.
    let fit = try fitVoxels(
      resampled.takeSeries(),
      baseline: baseline,
      model: model,
      repetitionTime: prepared.repetitionTime
    )
    guard fit.unusableVoxelCount < space.mask.count else {
      throw ParticipantError.nothingFitted(
        path: prepared.run.imagePath,
        voxels: space.mask.count
      )
    }
    return RunResult(
      run: prepared.run,
      repetitionTime: prepared.repetitionTime,
      referenceTime: prepared.referenceTime,
      sliceTiming: model.sliceTimingWords,
      motion: prepared.motion,
      headCentre: prepared.headCentre,
      sessionToRun: sessionToRun,
      confounds: confounds.table,
      keptVolumes: model.keptVolumes,
      design: model.reference,
      referenceSide: sides.sides[prepared.run.entities],
      checks: model.checks,
      fit: fit,
      regionFits: regions.fits,
      noiseSource: space.tissues.source,
      dummyScans: prepared.dummyScans,
      medianSignalToNoise: signalToNoise,
      inViewShare: inView,
      carpet: carpet,
      preprocessedBold: bold,
      warnings: withoutFolders(
        prepared.notes + outside + confounds.warnings + model.warnings + fit.warnings
          + regions.warnings
      ),
      notes: withoutFolders(model.notes + fit.notes)
    )
  }

  /// Resamples a run onto the session's grid.
  private func resampled(
    _ prepared: PreparedRun,
    in space: SessionSpace,
    sessionToRun: Affine,
    kept: [Int]
  ) throws -> ResampledSeries {
    if prepared.run.preprocessed != nil {
      guard prepared.held.grid.isSame(as: space.mask.grid) else {
        throw ParticipantError.otherGrid(path: prepared.run.imagePath)
      }
      return prepared.storedSeries(in: space.mask, kept: kept)
    }
    var resampling = ResamplingRequest(
      series: prepared.held.series,
      motion: prepared.motion,
      sessionToRun: sessionToRun,
      mask: space.mask,
      keptVolumes: kept,
      threads: request.threads
    )
    resampling.interpolation = try interpolation(
      of: prepared,
      isAsked: request.job.preprocessing.sliceTiming == .interpolate,
      kept: kept
    )
    return resample(resampling)
  }

  /// Returns what moves the run's slices in time, where that is asked for and their times are known;
  /// nothing is drawn from volumes that are not analysed.
  func interpolation(
    of prepared: PreparedRun,
    isAsked: Bool,
    kept: [Int]
  ) throws -> SliceInterpolation? {
    let clock = try SliceClock(of: prepared, isAsked: isAsked)
    guard clock.tellsSlices else { return nil }
    return SliceInterpolation(
      of: prepared.held.series,
      axis: clock.axis,
      sliceTimes: clock.times,
      referenceTime: prepared.referenceTime,
      repetitionTime: prepared.repetitionTime,
      skipping: prepared.dummyScans,
      drawingFrom: kept
    )
  }

  private func align(_ prepared: PreparedRun, with space: SessionSpace) throws -> Affine {
    let alignment = try alignRigidly(
      prepared.motion.reference,
      to: space.reference,
      threads: request.threads
    )
    guard alignment.converged else {
      throw ParticipantError.notAligned(path: prepared.run.imagePath)
    }
    return alignment.affine
  }
}
