import Atlas
import BIDS
import Design
import GLM
import Imaging
import Job
import NIfTI
import Participant
import Realignment
import Report

/// The stages of one run, each through the public calls of its room, in one process.
struct RunStages {
  /// What each stage used, in the order in which they ran.
  private(set) var usages: [(name: String, usage: Usage)] = []

  /// The number of voxels in the mask.
  private(set) var voxelCount = 0

  /// Goes through the stages.
  ///
  /// - Parameters:
  ///   - dataset: The run.
  ///   - job: What the whole program is asked to do with it.
  ///   - threads: The number of threads.
  /// - Throws: The error of any stage.
  init(of dataset: SimulatedDataset, job: Job, threads: Int) throws {
    let image = try stage("read") { try readSeries(dataset.imagePath) }
    let motion = try stage("motion") {
      try estimateMotion(of: image.series, skipping: 0, threads: threads)
    }
    let mask = stage("mask") {
      voxelsInView(
        ResamplingRequest(
          series: image.series,
          motion: motion,
          mask: brainMask(of: motion.reference),
          threads: threads
        )
      )
    }
    voxelCount = mask.count
    let resampled = stage("resample") {
      resample(
        ResamplingRequest(series: image.series, motion: motion, mask: mask, threads: threads)
      )
    }
    .series
    let confounds = stage("confounds") {
      motionConfounds(motion, maskCentre: mask.centre)
        .appending(signalQuality(of: resampled, threads: threads))
    }
    let (design, contrasts) = try stage("design") {
      try Self.design(for: dataset, confounds: confounds, model: job.model, series: image.series)
    }
    try fit(resampled, design: design, contrasts: contrasts, job: job, threads: threads)
    _ = try stage("atlas") {
      let atlas = try loadAtlas("pain-network")
      return pull(
        atlas,
        onto: mask,
        nativeToTemplate: .affine(.identity),
        templateToNative: .affine(.identity),
        threads: threads
      )
    }
  }

  private mutating func fit(
    _ series: MaskedSeries,
    design: DesignMatrix,
    contrasts: [Contrast],
    job: Job,
    threads: Int
  ) throws {
    let smoothed = stage("smooth") {
      smooth(series, fwhm: job.preprocessing.smoothing, threads: threads)
    }
    let baseline = stage("baseline") {
      series.mask.indices.indices.map { place in
        (0..<series.volumeCount).reduce(0.0) {
          $0 + Double(series.strips[series.offset(ofVoxel: place, volume: $1)])
        } / Double(series.volumeCount)
      }
    }
    for (noise, name) in [(Noise.ols, "glm_ols"), (.ar1, "glm"), (.arma11, "glm_arma11")] {
      _ = try stage(name) {
        try fitRun(
          RunFitRequest(
            series: smoothed,
            designs: [design],
            designOfVoxel: [Int](repeating: 0, count: series.mask.count),
            keptVolumes: Array(0..<series.volumeCount),
            contrasts: contrasts,
            noise: noise,
            repetitionTime: 2,
            baseline: baseline,
            threads: threads
          )
        )
      }
    }
  }

  private static func design(
    for dataset: SimulatedDataset,
    confounds: ConfoundsTable,
    model: Model,
    series: ImageSeries
  ) throws -> (DesignMatrix, [Contrast]) {
    let events = try EventTable(path: dataset.eventsPath)
    let columns = zip(confounds.names, confounds.columns)
    let time = dataset.repetitionTime
    let design = try makeDesign(
      DesignRequest(
        conditions: try conditions(of: events, model: model).conditions,
        frameTimes: frameTimes(
          volumeCount: series.volumeCount,
          repetitionTime: time,
          referenceTime: time / 2
        ),
        repetitionTime: time,
        hemodynamics: model.hemodynamics,
        drift: model.drift,
        confounds: try confoundColumns(
          model.confounds,
          from: Dictionary(uniqueKeysWithValues: columns)
        )
      )
    )
    return (design, try Design.contrasts(model.contrasts, for: design))
  }

  private mutating func stage<Result>(
    _ name: String,
    _ work: () throws -> Result
  ) rethrows -> Result {
    let (usage, result) = try Usage.measure(work)
    usages.append((name, usage))
    return result
  }
}
