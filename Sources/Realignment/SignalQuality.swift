import Glibc
public import Imaging

/// Returns the columns that say how much the signal changes from volume to volume.
///
/// `global_signal` is the mean over the mask. `dvars` is the root mean square over the mask of the
/// backward difference. `std_dvars` is that over what the voxels' own spread and memory lead one to
/// expect: the root mean square of each voxel's robust standard deviation (interquartile range over
/// 1.349) times the square root of 2 (1 - lag-1 autocorrelation); 1 is a quiet volume.
///
/// - Parameters:
///   - series: The run without head motion.
///   - threads: The number of threads; no result depends on it.
/// - Returns: `global_signal`, `dvars`, `std_dvars`; the first values of the last two are 0.
/// - Complexity: O(voxels × volumes).
///
/// Source: Nichols (2013), *Notes on creating a standardized version of DVARS*.
public func signalQuality(of series: MaskedSeries, threads: Int) -> ConfoundsTable {
  let slab = 64
  let count = series.volumeCount
  let strips = series.stripCount
  let parts = mapSlabs((strips + slab - 1) / slab, threads: threads) { index in
    var part = SignalSums(volumeCount: count)
    for strip in index * slab..<min(strips, (index + 1) * slab) {
      let places = min(MaskedSeries.laneCount, series.mask.count - strip * MaskedSeries.laneCount)
      for lane in 0..<places {
        part.add(series.series(ofVoxel: strip * MaskedSeries.laneCount + lane))
      }
    }
    return part
  }
  var sums = SignalSums(volumeCount: count)
  for part in parts { sums.add(part) }
  let voxels = Double(max(1, series.mask.count))
  let dvars = sums.squaredChange.map { ($0 / voxels).squareRoot() }
  let expected = (sums.expectedVariance / voxels).squareRoot()
  return ConfoundsTable(
    names: ["global_signal", "dvars", "std_dvars"],
    columns: [
      sums.signal.map { $0 / voxels }, dvars, dvars.map { expected > 0 ? $0 / expected : 0 },
    ],
    namesWithoutFirstValue: ["dvars", "std_dvars"]
  )
}

/// What is added up over voxels.
private struct SignalSums: Sendable {
  var signal: [Double]
  var squaredChange: [Double]
  var expectedVariance = 0.0

  init(volumeCount: Int) {
    signal = [Double](repeating: 0, count: volumeCount)
    squaredChange = signal
  }

  mutating func add(_ other: SignalSums) {
    for volume in signal.indices {
      signal[volume] += other.signal[volume]
      squaredChange[volume] += other.squaredChange[volume]
    }
    expectedVariance += other.expectedVariance
  }

  mutating func add(_ values: [Double]) {
    for volume in values.indices {
      signal[volume] += values[volume]
      guard volume > 0 else { continue }
      let change = values[volume] - values[volume - 1]
      squaredChange[volume] += change * change
    }
    let spread = interquartileRange(values) / 1.349
    expectedVariance += 2 * (1 - lagOneCorrelation(values)) * spread * spread
  }
}

/// Returns the distance between the quartiles, linear between the ranks.
///
/// Four order statistics need no sorted list, which would cost more than all else here.
private func interquartileRange(_ values: [Double]) -> Double {
  var values = values
  func quantile(_ share: Double) -> Double {
    let rank = share * Double(values.count - 1)
    let low = Int(rank)
    let high = min(low + 1, values.count - 1)
    select(low, in: &values)
    // What follows the selected rank is not below it, so the next rank is the least of that.
    let next = high > low ? values[high...].min() ?? values[low] : values[low]
    return values[low] + (rank - Double(low)) * (next - values[low])
  }
  return quantile(0.75) - quantile(0.25)
}

/// Brings the value of a rank to its place in ascending order, smaller ones before it.
///
/// Source: Hoare (1961), Algorithm 65, *Commun. ACM* 4(7), 321-322, doi:10.1145/366622.366647.
private func select(_ rank: Int, in values: inout [Double]) {
  values.withUnsafeMutableBufferPointer { values in
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var (i, j) = (low, high)
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        guard i <= j else { break }
        values.swapAt(i, j)
        i += 1
        j -= 1
      }
      if rank <= j { high = j } else if rank >= i { low = i } else { return }
    }
  }
}

/// Returns the correlation of successive values about their mean; 0 of a constant.
private func lagOneCorrelation(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  let deviations = values.map { $0 - mean }
  let square = deviations.reduce(0) { $0 + $1 * $1 }
  guard square > 0 else { return 0 }
  return zip(deviations, deviations.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / square
}
