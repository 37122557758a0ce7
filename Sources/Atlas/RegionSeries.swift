public import Imaging

/// Returns the mean time series of a region, in percent of each voxel's own baseline.
///
/// Each voxel is first divided by its baseline, then the voxels are averaged by their shares. A
/// voxel whose baseline is not above 0, or with a sample that is not finite, is left out.
///
/// - Parameters:
///   - weights: The region's voxels and shares.
///   - series: The series of the mask's voxels.
///   - baseline: One baseline per voxel of the mask, in the units of the series.
/// - Returns: One value per volume, around 100; all NaN where no voxel is left.
public func meanPercentSeries(
  _ weights: RegionWeights,
  series: MaskedSeries,
  baseline: [Double]
) -> [Double] {
  precondition(baseline.count == series.mask.count, "one baseline per voxel of the mask")
  var sums = [Double](repeating: 0, count: series.volumeCount)
  var total = 0.0
  for (place, weight) in weights.voxels {
    let own = baseline[place]
    guard own.isFinite, own > 0 else { continue }
    let samples = series.series(ofVoxel: place)
    guard samples.allSatisfy(\.isFinite) else { continue }
    let scale = 100 * weight / own
    for (volume, sample) in samples.enumerated() { sums[volume] += scale * sample }
    total += weight
  }
  return sums.map { total > 0 ? $0 / total : .nan }
}
