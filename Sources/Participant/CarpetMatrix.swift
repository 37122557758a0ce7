import Imaging
import Realignment

/// How the brain's signal changed over a run: a matrix of bundles of voxels by volumes.
///
/// The voxels are ordered by their depth in the brain, in three thirds, and within each by where they
/// are stored, so that neighbours and slices stay together; each row is the mean of a bundle, in
/// percent of its own mean, without its straight trend. What the whole head does at once, such as
/// motion or a deep breath, stands out as an upright stripe.
///
/// Source: Power (2017), *NeuroImage* 154, 150-158, doi:10.1016/j.neuroimage.2016.08.009.
public struct CarpetMatrix: Equatable, Sendable {
  /// The number of rows, as many for each third; 0 where there are not enough voxels.
  public let rowCount: Int

  /// The number of volumes.
  public let volumeCount: Int

  /// The changes in percent, row by row, those of the brain's surface first.
  public let values: [Float]

  /// The change that is drawn darkest or brightest, in percent: three robust standard deviations over
  /// the kept volumes.
  public let limit: Double

  /// The rows of each third.
  static let rowsPerThird = 32

  /// Forms the matrix of a run.
  ///
  /// - Parameters:
  ///   - resampled: The run without head motion, unsmoothed; voxels out of view do not count.
  ///   - kept: The volumes that means and trends are of.
  /// - Complexity: O(voxels × volumes).
  init(of resampled: ResampledSeries, kept: [Int]) {
    let series = resampled.series
    let lost = Set(resampled.outOfView)
    let places = series.mask.placesByDepth.filter { !lost.contains($0) }
    let third = places.count / 3
    guard third >= Self.rowsPerThird, kept.count > 2 else {
      (rowCount, volumeCount, values, limit) = (0, series.volumeCount, [], 0)
      return
    }
    let (rows, volumes) = (3 * Self.rowsPerThird, series.volumeCount)
    var sums = [Double](repeating: 0, count: rows * volumes)
    for part in 0..<3 {
      let members = places[part * third..<(part + 1) * third].sorted()
      for (rank, place) in members.enumerated() {
        let row = part * Self.rowsPerThird + rank * Self.rowsPerThird / third
        for volume in 0..<volumes {
          let at = series.offset(ofVoxel: place, volume: volume)
          sums[row * volumes + volume] += Double(series.strips[at])
        }
      }
    }
    let changes = (0..<rows).map { row in
      withoutTrend(Array(sums[row * volumes..<(row + 1) * volumes]), kept: kept)
    }
    (rowCount, volumeCount) = (rows, volumes)
    values = changes.joined().map(Float.init)
    let sizes = changes.flatMap { change in kept.map { abs(change[$0]) } }
    limit = 3 * 1.4826 * median(of: sizes)
  }
}

/// Returns a course in percent of its mean, without its straight trend over the kept volumes.
private func withoutTrend(_ course: [Double], kept: [Int]) -> [Double] {
  let count = Double(kept.count)
  let mean = kept.reduce(0) { $0 + course[$1] } / count
  let middle = kept.reduce(0) { $0 + Double($1) } / count
  let spread = kept.reduce(0) { $0 + (Double($1) - middle) * (Double($1) - middle) }
  let product = kept.reduce(0) { $0 + (Double($1) - middle) * (course[$1] - mean) }
  guard mean != 0, spread > 0 else { return course.map { _ in 0 } }
  let slope = product / spread
  return course.indices.map {
    100 * (course[$0] - mean - slope * (Double($0) - middle)) / mean
  }
}
