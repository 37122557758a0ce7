import GLM
import Imaging
import Job

extension SessionAnalysis {
  /// Smooths a run inside the mask and fits its model to every voxel.
  ///
  /// - Parameters:
  ///   - series: The run's unsmoothed series.
  ///   - baseline: Every voxel's temporal mean; NaN where the voxel is out.
  ///   - model: The run's model.
  ///   - repetitionTime: The time from one volume to the next, in s.
  /// - Returns: The maps of every contrast.
  /// - Throws: The error of the fit.
  func fitVoxels(
    _ series: consuming MaskedSeries,
    baseline: [Double],
    model: RunModel,
    repetitionTime: Double
  ) throws -> RunFit {
    let smoothing = request.job.preprocessing.smoothing
    let smoothed = smooth(
      consume series,
      fwhm: smoothing,
      leavingOut: baseline.indices.filter { baseline[$0].isNaN },
      threads: request.threads
    )
    return try fitRun(
      RunFitRequest(
        series: smoothed,
        designs: model.smoothedDesigns,
        designOfVoxel: model.slicePlaces.slices,
        keptVolumes: model.keptVolumes,
        contrasts: model.contrasts,
        noise: request.job.model.noise,
        repetitionTime: repetitionTime,
        baseline: baseline,
        threads: request.threads
      )
    )
  }
}
