public import Imaging

/// Returns one column per volume that stands out: 1 there, 0 elsewhere.
///
/// - Parameters:
///   - volumes: The volumes, counted from 0.
///   - prefix: What the names start with; a number of two digits or more, from 00 on, follows.
///   - count: The number of volumes of the run.
/// - Returns: The columns.
public func indicatorColumns(_ volumes: [Int], named prefix: String, of count: Int)
  -> ConfoundsTable
{
  ConfoundsTable(
    names: volumes.indices.map { prefix + ($0 < 10 ? "0" : "") + "\($0)" },
    columns: volumes.map { volume in (0..<count).map { $0 == volume ? 1 : 0 } }
  )
}

/// Returns the volumes that moved or changed more than is usual.
///
/// - Parameters:
///   - confounds: A table that has `framewise_displacement` and `std_dvars`.
///   - displacement: The largest usual framewise displacement, in mm.
///   - change: The largest usual standardised DVARS.
/// - Returns: The volumes above either, counted from 0, ascending.
///
/// The thresholds are fMRIPrep's, and so are both quantities, but for how ``signalQuality(of:usual:threads:)``
/// estimates the memory of the signal.
public func motionOutliers(
  in confounds: ConfoundsTable,
  displacement: Double = 0.5,
  change: Double = 1.5
) -> [Int] {
  let moved = confounds["framewise_displacement"] ?? []
  let changed = confounds["std_dvars"] ?? []
  return moved.indices.filter {
    moved[$0] > displacement || ($0 < changed.count && changed[$0] > change)
  }
}

/// Returns how many volumes at the start are brighter than the run, before it is steady.
///
/// Of the first 50 volumes those from the start on whose mean lies more than 3.5 robust standard
/// deviations (1.4826 median absolute deviations) above the median.
///
/// - Parameter signal: The mean over the brain, volume by volume.
/// - Returns: The number of volumes; 0 in a run of fewer than 10.
///
/// Source of the threshold: Iglewicz, Hoaglin (1993), *How to Detect and Handle Outliers*, ASQC.
public func nonSteadyVolumeCount(_ signal: [Double]) -> Int {
  let start = Array(signal.prefix(50))
  guard start.count >= 10 else { return 0 }
  let middle = median(start)
  let spread = 1.4826 * median(start.map { abs($0 - middle) })
  // Rounding of an even signal is no transient.
  let limit = max(3.5 * spread, 1e-6 * abs(middle))
  return start.prefix { $0 - middle > limit }.count
}

/// Returns how many volumes at the start of a run are brighter than the run, before it is steady, from
/// the volumes as they were acquired.
///
/// The brain is that of the mean of the last half of the first 50 volumes.
///
/// - Parameter series: The run.
/// - Returns: The number of volumes; 0 in a run of fewer than 10, or without a brain.
/// - Complexity: O(50 voxels).
public func nonSteadyVolumeCount(of series: ImageSeries) -> Int {
  let count = min(50, series.volumeCount)
  guard count >= 10 else { return 0 }
  var mean = series.volume(count - 1)
  for volume in count / 2..<count - 1 {
    let values = series.volume(volume).values
    for voxel in values.indices { mean.values[voxel] += values[voxel] }
  }
  let brain = brainMask(of: mean)
  guard brain.count > 0 else { return 0 }
  let signal = (0..<count).map { volume in
    let values = series.volume(volume).values
    let sum = brain.indices.reduce(0.0) {
      values[$1].isFinite ? $0 + Double(values[$1]) : $0
    }
    return sum / Double(brain.count)
  }
  return nonSteadyVolumeCount(signal)
}

private func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
