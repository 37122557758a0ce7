import Atlas
import BIDS
import Design
import Imaging
import Job
import Realignment

/// A run's designs and contrasts, and which voxel follows which design.
struct RunModel {
  /// The design at the reference time, for tables and pictures.
  let reference: DesignMatrix

  /// One design per slice as smoothed voxels see it; a single one where slices are not told apart.
  let smoothedDesigns: [DesignMatrix]

  /// One design per slice as acquired.
  let sliceDesigns: [DesignMatrix]

  /// Where every voxel of the mask was acquired along the slices.
  let slicePlaces: SlicePlaces

  /// The volumes that are analysed.
  let keptVolumes: [Int]

  /// The questions.
  let contrasts: [Contrast]

  /// What became of each contrast's regressor under drift and confounds.
  let checks: [DesignCheck]

  /// How slices were treated, in words.
  let sliceTimingWords: String

  /// What a reader must know before the numbers are trusted.
  let warnings: [String]

  /// What was noticed on the way.
  let notes: [String]
}

extension RunModel {
  /// Makes a run's model.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - space: The session's space.
  ///   - sessionToRun: The rigid way from the session's reference to the run's, in mm.
  ///   - confounds: The run's table of confounds.
  ///   - kept: The volumes that are analysed.
  ///   - places: Voxels of the mask that are out.
  ///   - events: The events of all the participant's runs.
  ///   - job: What was asked.
  ///   - threads: The number of threads.
  /// - Throws: The error of the events, the design or a contrast.
  init(
    of prepared: PreparedRun,
    in space: SessionSpace,
    sessionToRun: Affine,
    confounds: ConfoundsTable,
    keptVolumes kept: [Int],
    leavingOut places: [Int],
    events: EventPlan,
    job: Job,
    threads: Int
  ) throws {
    let clock = try SliceClock(
      of: prepared,
      isAsked: job.preprocessing.sliceTiming == .model
    )
    let designer = try RunDesigner(
      of: prepared,
      events: events,
      model: job.model,
      confounds: confounds,
      kept: kept
    )
    let reference = try designer.design(at: prepared.referenceTime)
    let slices = try clock.times.map { try designer.design(at: $0) }
    let asked = try AskedContrasts(job.model, for: reference)
    let contrasts = asked.contrasts
    let checks = Design.check(reference, contrasts: contrasts, keptVolumes: kept)
    if let refusal = checks.compactMap(\.refusal).first { throw refusal }
    slicePlaces = clock.places(of: space.mask, sessionToRun: sessionToRun)
    let shares = slicePlaces.smoothedShares(
      in: space.mask,
      fwhm: clock.tellsSlices ? job.preprocessing.smoothing : 0,
      leavingOut: places,
      threads: threads
    )

    self.reference = reference
    sliceDesigns = slices
    smoothedDesigns = shares.map { mixed(slices, weights: $0) }
    keptVolumes = kept
    self.contrasts = contrasts
    self.checks = checks
    sliceTimingWords = Self.words(for: job.preprocessing.sliceTiming, of: prepared)
    let motion = ThroughPlaneMotion(
      of: prepared,
      brain: space.mask,
      sessionToRun: sessionToRun,
      kept: kept,
      axis: clock.axis
    )
    let said = clock.tellsSlices ? [motion.note(of: prepared.run)] : []
    let spread = Self.spreadWarning(of: prepared, kept: kept, job: job)
    warnings = (motion.isTooLarge ? said : []) + spread
    let name = prepared.run.entities.name
    notes =
      designer.notes + reference.notes
      + asked.missing.map { "\(name) does not answer this: \($0)" }
      + (motion.isTooLarge ? [] : said)
  }

  /// Warns where slices are moved in time although volumes are left out.
  private static func spreadWarning(of prepared: PreparedRun, kept: [Int], job: Job) -> [String] {
    let sidecar = prepared.run.sidecar
    let left = prepared.held.volumeCount - prepared.dummyScans - kept.count
    guard job.preprocessing.sliceTiming == .interpolate, left > 0,
      prepared.run.preprocessed == nil, sidecar.sliceTiming != nil,
      !(sidecar.sliceTimingCorrected ?? false)
    else { return [] }
    return [
      "\(prepared.run.entities.name): slices are interpolated in time across \(left) volumes that are left "
        + "out; nothing is drawn from these, but up to 8 volumes before and after see the straight line "
        + "between the nearest analysed ones in their place; --slice-timing model keeps every volume to "
        + "itself"
    ]
  }

  private static func words(
    for asked: Preprocessing.SliceTiming,
    of prepared: PreparedRun
  ) -> String {
    if prepared.run.preprocessed != nil {
      return prepared.run.sidecar.sliceTimingCorrected ?? false
        ? "as the program before did it: the sidecar says that slices are corrected"
        : "none: in a template slices cannot be told apart"
    }
    if asked == .off { return "none, as asked" }
    if prepared.run.sidecar.sliceTimingCorrected ?? false {
      return "none: the sidecar says that slices are corrected already"
    }
    guard prepared.run.sidecar.sliceTiming != nil else {
      return "none: the sidecar has no SliceTiming"
    }
    return asked == .model
      ? "per-slice regressors at the times of SliceTiming, mixed as smoothing and region means mix "
        + "the slices; no temporal interpolation"
      : "slices interpolated in time to the reference time before they are resampled (sinc over 16 "
        + "volumes, Kaiser window, the run mirrored at its ends)"
  }
}

/// Returns the volumes that are analysed: no dummy scans, and none that moved too far.
///
/// - Parameters:
///   - prepared: The run.
///   - threshold: The largest framewise displacement, in mm; `nil` for any.
/// - Returns: The volumes, counted from 0, ascending.
func volumesToKeep(of prepared: PreparedRun, censoringAbove threshold: Double?) -> [Int] {
  let displacement = prepared.motionTable["framewise_displacement"] ?? []
  return keptVolumes(framewiseDisplacement: displacement, threshold: threshold).filter {
    $0 >= prepared.dummyScans && prepared.motion.converged[$0]
      && !prepared.unsteadyVolumes.contains($0)
  }
}

/// Makes the designs of one run: the same events, confounds and drift at any time within a volume.
private struct RunDesigner {
  let notes: [String]
  let request: (Double) -> DesignRequest

  init(
    of prepared: PreparedRun,
    events plan: EventPlan,
    model: Model,
    confounds: ConfoundsTable,
    kept: [Int]
  ) throws {
    let run = prepared.run.entities
    let count = prepared.held.volumeCount
    let runEnd = Double(count) * prepared.repetitionTime
    let columns = zip(confounds.names, confounds.columns).map { (name: $0, values: $1) }
    let terms = try RunTerms(model, of: run, in: plan, confounds: .known(columns), runEnd: runEnd)
    notes = terms.notes
    let chosen = prepared.confoundNames.map { $0.isEmpty ? .none : .columns($0) } ?? model.confounds
    let motion =
      model.statsModel == nil
      ? try confoundColumns(chosen, from: Dictionary(uniqueKeysWithValues: columns))
      : terms.confounds
    let times = { (time: Double) in
      frameTimes(
        volumeCount: count,
        repetitionTime: prepared.repetitionTime,
        referenceTime: time
      )
    }
    request = { time in
      DesignRequest(
        conditions: terms.conditions,
        frameTimes: times(time),
        referenceFrameTimes: times(prepared.referenceTime),
        repetitionTime: prepared.repetitionTime,
        hemodynamics: model.hemodynamics,
        drift: model.drift,
        confounds: motion,
        keptVolumes: kept
      )
    }
  }

  func design(at time: Double) throws -> DesignMatrix {
    try makeDesign(request(time))
  }
}
