import Imaging
import Realignment

/// Returns every voxel's temporal mean over the kept volumes, or NaN where the voxel is out.
///
/// A voxel is out where it left the field of view, or where its mean is under 10 % of the median over the mask: percentages of next to
/// nothing would swamp the maps.
///
/// - Parameters:
///   - resampled: The unsmoothed series, and the voxels that left the field of view.
///   - kept: The volumes that are analysed.
/// - Returns: One mean per voxel of the mask, in the image's own unit.
func baseline(of resampled: ResampledSeries, kept: [Int]) -> [Double] {
  let series = resampled.series
  var means = series.mask.indices.indices.map { place in
    kept.reduce(0.0) { $0 + Double(series.strips[series.offset(ofVoxel: place, volume: $1)]) }
      / Double(kept.count)
  }
  for place in resampled.outOfView { means[place] = .nan }
  let floor = 0.1 * median(of: means.filter(\.isFinite))
  for place in means.indices where !(means[place] >= floor && means[place] > 0) {
    means[place] = .nan
  }
  return means
}

/// Returns the median over the mask of the temporal mean over the temporal standard deviation.
///
/// - Parameters:
///   - series: The unsmoothed series.
///   - kept: The volumes that are analysed, at least two.
/// - Returns: The median temporal signal-to-noise ratio; NaN where no voxel has one.
func medianSignalToNoise(_ series: MaskedSeries, kept: [Int]) -> Double {
  let ratios = series.mask.indices.indices.map { place in
    let values = kept.map { Double(series.strips[series.offset(ofVoxel: place, volume: $0)]) }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return mean / (squares / Double(values.count - 1)).squareRoot()
  }
  return median(of: ratios.filter(\.isFinite))
}

/// Returns the middle value, or the mean of the two middle ones; NaN of none.
func median(of values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
