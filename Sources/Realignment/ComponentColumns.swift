import Glibc
public import Imaging

/// Returns the main courses of the signal deep inside the head where fluid is: aCompCor.
///
/// The first principal components over time of voxels whose courses were freed of their mean and of
/// cosines slower than the cutoff, and scaled to variance 1. They are of the kept volumes and 0 at the
/// others.
///
/// - Parameters:
///   - series: The run without head motion, unsmoothed.
///   - places: The voxels, as places in the mask.
///   - kept: The volumes that take part.
///   - repetitionTime: The time from one volume to the next, in s.
///   - prefix: What the columns' names start with, such as `c_comp_cor_`.
///   - count: The largest number of components.
///   - threads: The number of threads; no result depends on it.
/// - Returns: The columns, each of variance 1 over the kept volumes; fewer where the voxels or volumes
///   do not give as many.
/// - Complexity: O(voxels × kept²).
///
/// Source: Behzadi et al. (2007), *NeuroImage* 37(1), 90-101.
public func componentColumns(
  of series: MaskedSeries,
  in places: [Int],
  kept: [Int],
  repetitionTime: Double,
  named prefix: String,
  count: Int = 5,
  threads: Int = 1
) -> ConfoundsTable {
  let slow = slowCosines(kept, repetitionTime: repetitionTime)
  guard places.count > count, kept.count > slow.count + count else {
    return ConfoundsTable(names: [], columns: [])
  }
  let products = courseProducts(places.count, length: kept.count, threads: threads) { voxel in
    standardized(
      kept.map { Double(series.strips[series.offset(ofVoxel: places[voxel], volume: $0)]) },
      without: slow
    )
  }
  let found = leadingEigenvectors(of: products, count: count)
  let least = 1e-9 * (found.first?.value ?? 0)
  let columns = found.filter { $0.value > least }.map { component -> [Double] in
    // A component has no sign of its own: its largest value is made positive.
    let largest = component.vector.max { abs($0) < abs($1) } ?? 1
    let scale = Double(kept.count).squareRoot() * (largest < 0 ? -1 : 1)
    var column = [Double](repeating: 0, count: series.volumeCount)
    for (row, volume) in kept.enumerated() { column[volume] = component.vector[row] * scale }
    return column
  }
  return ConfoundsTable(
    names: columns.indices.map { prefix + ($0 < 10 ? "0" : "") + "\($0)" },
    columns: columns
  )
}

/// Returns the voxels of a mask that are deep inside and bright: the fluid of the ventricles in an
/// image whose contrast is T2*.
///
/// - Parameters:
///   - mean: The mean image, on the mask's grid.
///   - mask: The brain.
///   - depth: The least distance from the mask's edge, in mm.
///   - share: The share of the deep voxels, from the brightest on.
/// - Returns: Their places in the mask.
public func brightDeepPlaces(
  _ mean: Volume,
  in mask: Mask,
  depth: Double = 15,
  share: Double = 0.03
) -> [Int] {
  let inside = (0..<mask.grid.voxelCount).map(mask.contains)
  let deep = eroded(inside, by: Ball(radius: depth, in: mask.grid), in: mask.grid)
  let places = mask.indices.indices.filter { deep[mask.indices[$0]] }
  let bright = places.sorted { mean.values[mask.indices[$0]] > mean.values[mask.indices[$1]] }
  return bright.prefix(Int(share * Double(places.count))).sorted()
}

/// Returns the voxels of a mask that are nearly certainly of one tissue, away from other tissue.
///
/// - Parameters:
///   - probability: How probable the tissue is, 0 to 1, on the mask's grid; NaN where not known.
///   - mask: The brain.
///   - least: The least probability.
///   - margin: The least distance from voxels of less, in mm; 0 for none.
///   - depth: The least distance from the mask's edge, in mm; 0 for none.
/// - Returns: Their places in the mask.
public func certainPlaces(
  of probability: Volume,
  in mask: Mask,
  atLeast least: Float = 0.95,
  margin: Double,
  depth: Double
) -> [Int] {
  let grid = mask.grid
  let certain = probability.values.map { $0 >= least }
  let brain = (0..<grid.voxelCount).map(mask.contains)
  let core = margin > 0 ? eroded(certain, by: Ball(radius: margin, in: grid), in: grid) : certain
  let deep = depth > 0 ? eroded(brain, by: Ball(radius: depth, in: grid), in: grid) : brain
  return mask.indices.indices.filter { core[mask.indices[$0]] && deep[mask.indices[$0]] }
}

/// Returns the mean over some voxels of a run, volume by volume, as a table of one column.
///
/// - Parameters:
///   - series: The run.
///   - places: The voxels, as places in the mask.
///   - name: The column's name.
/// - Returns: The column; none without voxels.
public func meanColumn(of series: MaskedSeries, in places: [Int], named name: String)
  -> ConfoundsTable
{
  guard !places.isEmpty else { return ConfoundsTable(names: [], columns: []) }
  let means = (0..<series.volumeCount).map { volume in
    places.reduce(0.0) { $0 + Double(series.strips[series.offset(ofVoxel: $1, volume: volume)]) }
      / Double(places.count)
  }
  return ConfoundsTable(names: [name], columns: [means])
}

/// Cosines over the kept volumes slower than 128 s, the constant included, orthonormal.
private func slowCosines(_ kept: [Int], repetitionTime: Double) -> [[Double]] {
  guard let last = kept.last else { return [] }
  let length = Double(last + 1)
  let count = Int(2 * length * repetitionTime / 128) + 1
  var basis: [[Double]] = []
  for order in 0..<count {
    var wave = kept.map { cos(.pi * Double(order) * (Double($0) + 0.5) / length) }
    for other in basis {
      let share = zip(wave, other).reduce(0) { $0 + $1.0 * $1.1 }
      for i in wave.indices { wave[i] -= share * other[i] }
    }
    let size = wave.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if size > 1e-6 { basis.append(wave.map { $0 / size }) }
  }
  return basis
}

/// Returns a course without slow waves and of length 1, or `nil` where nothing is left.
private func standardized(_ course: [Double], without slow: [[Double]]) -> [Double]? {
  var rest = course
  for wave in slow {
    let share = zip(rest, wave).reduce(0) { $0 + $1.0 * $1.1 }
    for i in rest.indices { rest[i] -= share * wave[i] }
  }
  let size = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
  let scale = course.reduce(0) { $0 + $1 * $1 }.squareRoot()
  guard size > 1e-6 * scale, size.isFinite else { return nil }
  return rest.map { $0 / size }
}
