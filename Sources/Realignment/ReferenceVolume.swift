import Imaging

/// Returns the volume that is most like the others of a run, by correlation of coarse images.
///
/// At most 16 volumes are compared, evenly spaced, so that neither a jump nor an empty volume in the
/// middle of the run becomes the reference.
func typicalVolume(
  of series: ImageSeries,
  among volumes: [Int],
  threads: Int
) throws(RealignmentError) -> Int {
  let candidates = evenlySpaced(16, of: volumes)
  let images = mapSlabs(candidates.count, threads: threads) { index in
    standardized(RegistrationScale.near.image(of: series.volume(candidates[index])).values)
  }
  var best: (volume: Int, likeness: Double)?
  for (index, image) in images.enumerated() where !image.isEmpty {
    let likeness = images.reduce(0.0) { sum, other in
      sum + zip(image, other).reduce(0.0) { $0 + Double($1.0 * $1.1) }
    }
    if likeness > best?.likeness ?? -.infinity { best = (candidates[index], likeness) }
  }
  guard let best else { throw .emptyImages }
  return best.volume
}

/// Returns the mean of realigned volumes on the run's own grid.
///
/// A voxel is the mean of those volumes that it is in view of, and 0 without any.
///
/// - Parameters:
///   - series: The run.
///   - chosen: The volumes, and the maps of reference points to their scanner points.
///   - threads: The number of threads; the mean does not depend on it.
/// - Returns: The mean.
func meanVolume(
  of series: ImageSeries,
  at chosen: [(volume: Int, map: Affine)],
  threads: Int
) -> Volume {
  let grid = series.grid
  let points = PointBlocks(voxels: 0..<grid.voxelCount, of: grid)
  // A fixed number of partial sums, added in a fixed order, whatever the threads.
  let parts = min(8, chosen.count)
  let sums = mapSlabs(parts, threads: threads) { part in
    var sum = [Float](repeating: 0, count: grid.voxelCount)
    var counts = [Float](repeating: 0, count: grid.voxelCount)
    for place in stride(from: part, to: chosen.count, by: parts) {
      let spline = SplineVolume(series.volume(chosen[place].volume), order: .septic)
      let map = grid.inverseAffine * chosen[place].map * grid.affine
      let values = spline.values(at: points, through: map)
      for index in 0..<values.count where !values[index].isNaN {
        sum[index] += values[index]
        counts[index] += 1
      }
    }
    return (sum: sum, counts: counts)
  }
  let values = (0..<grid.voxelCount).map { index -> Float in
    var (total, count): (Float, Float) = (0, 0)
    for part in sums {
      total += part.sum[index]
      count += part.counts[index]
    }
    return count > 0 ? total / count : 0
  }
  return Volume(grid: grid, values: values)
}

/// Returns at most a number of elements, spread evenly over a list.
func evenlySpaced(_ count: Int, of list: [Int]) -> [Int] {
  guard list.count > count else { return list }
  return (0..<count).map { list[($0 * 2 + 1) * list.count / (count * 2)] }
}

/// Returns values of mean 0 and length 1, or nothing where they are all alike or not finite.
private func standardized(_ values: [Float]) -> [Float] {
  let finite = values.map { $0.isFinite ? Double($0) : 0 }
  let mean = finite.reduce(0, +) / Double(max(1, finite.count))
  let length = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
  guard length > 1e-12 * abs(mean), length > 0 else { return [] }
  return finite.map { Float(($0 - mean) / length) }
}
