import Atlas
import Design
import GLM
import Imaging
import Job

extension SessionAnalysis {
  /// Fits the mean percent series of every region of every atlas.
  ///
  /// The series is unsmoothed, and its design is averaged over the region's slices as the series is.
  ///
  /// - Parameters:
  ///   - series: The run's unsmoothed series.
  ///   - baseline: Every voxel's temporal mean; NaN where the voxel is out.
  ///   - model: The run's model.
  ///   - space: The session's space.
  ///   - repetitionTime: The time from one volume to the next, in s.
  /// - Returns: One fit per atlas and region.
  /// - Throws: The error of the fit.
  func fitRegions(
    _ series: MaskedSeries,
    baseline: [Double],
    model: RunModel,
    in space: SessionSpace,
    repetitionTime: Double
  ) throws -> (fits: [[RegionFit]], warnings: [String]) {
    var undetermined = 0
    let fits = try space.atlases.map { pulled in
      let regions = pulled.weights.map { weights in
        RegionSeries(weights, series: series, baseline: baseline, model: model)
      }
      let present = regions.indices.filter { regions[$0] != nil }
      let noise = try regionNoise(
        RegionNoiseRequest(
          series: present.compactMap { regions[$0]?.series },
          designs: present.compactMap { regions[$0]?.design },
          keptVolumes: model.keptVolumes,
          noise: request.job.model.noise,
          repetitionTime: repetitionTime,
          threads: request.threads
        )
      )
      undetermined += noise.undeterminedCount
      let requests = zip(present, noise.shapes).compactMap { place, shape in
        regions[place].map {
          SeriesFitRequest(
            series: $0.series,
            design: $0.design,
            keptVolumes: model.keptVolumes,
            contrasts: model.contrasts,
            noise: shape
          )
        }
      }
      let fitted = mapSlabs(requests.count, threads: request.threads) { index in
        Result { try fitSeries(requests[index]) }
      }
      var fits = regions.map { _ in RegionFit(estimates: []) }
      for (place, fit) in zip(present, fitted) { fits[place] = RegionFit(estimates: try fit.get()) }
      return fits
    }
    let warning =
      "The kept volumes tell nothing of the memory of the noise of \(undetermined) regions, which were "
      + "fitted as if it had none: their p values are too small if it has"
    return (fits, undetermined > 0 ? [warning] : [])
  }
}

/// The mean percent series of a region with the design that belongs to it.
private struct RegionSeries {
  let series: [Double]
  let design: DesignMatrix

  /// Averages a region, or returns `nil` where none of its voxels is in the mask.
  init?(_ weights: RegionWeights, series: MaskedSeries, baseline: [Double], model: RunModel) {
    let usable = weights.voxels.filter { baseline[$0.place].isFinite }
    guard !usable.isEmpty else { return nil }
    self.series = meanPercentSeries(weights, series: series, baseline: baseline)
    design = mixed(model.sliceDesigns, weights: model.slicePlaces.shares(of: usable))
  }
}
