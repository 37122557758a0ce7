public import Imaging

/// Returns the columns that say how much the signal changes from volume to volume.
///
/// `global_signal` is the mean over the mask. `dvars` is the root mean square of the backward difference
/// over the voxels that vary. `std_dvars` is that over the mean over the same voxels of the standard
/// deviation that their differences have by themselves; 1 is a quiet volume where voxels vary alike, and
/// a little more where they do not. It is the quantity that fMRIPrep calls so, and its thresholds hold:
/// a voxel's robust standard deviation times the square root of 2 (1 - r), with r the correlation of
/// successive volumes. Only r is estimated otherwise, 1 - (D / S)² / 2 with the interquartile ranges D of the
/// differences and S of the values in place of plain moments, which one broken volume or a drift change.
/// That leaves the product D / 1.349.
///
/// - Parameters:
///   - series: The run without head motion.
///   - good: The volumes that say what is usual: steady, their pose found; `nil` for all. Differences
///     are of neighbours of which both are good.
///   - threads: The number of threads; no result depends on it.
/// - Returns: `global_signal`, `dvars`, `std_dvars`; the first values of the last two are 0.
/// - Complexity: O(voxels × volumes).
///
/// Sources: Nichols (2017), *Notes on creating a standardized version of DVARS*, arXiv:1704.01469;
/// Afyouni, Nichols (2018), *NeuroImage* 172, 291-312, for the differences' own spread.
public func signalQuality(
  of series: MaskedSeries,
  usual good: [Int]? = nil,
  threads: Int
) -> ConfoundsTable {
  let slab = 64
  let count = series.volumeCount
  let strips = series.stripCount
  let usual = UsualVolumes(good ?? Array(0..<count), of: count)
  let parts = mapSlabs((strips + slab - 1) / slab, threads: threads) { index in
    var part = SignalSums(volumeCount: count)
    for strip in index * slab..<min(strips, (index + 1) * slab) {
      let places = min(MaskedSeries.laneCount, series.mask.count - strip * MaskedSeries.laneCount)
      for lane in 0..<places {
        part.add(series.series(ofVoxel: strip * MaskedSeries.laneCount + lane), usual: usual)
      }
    }
    return part
  }
  var sums = SignalSums(volumeCount: count)
  for part in parts { sums.add(part) }
  let voxels = Double(max(1, series.mask.count))
  let varying = Double(max(1, sums.varyingCount))
  let dvars = sums.squaredChange.map { ($0 / varying).squareRoot() }
  let expected = sums.expectedDeviation / varying
  return ConfoundsTable(
    names: ["global_signal", "dvars", "std_dvars"],
    columns: [
      sums.signal.map { $0 / voxels }, dvars, dvars.map { expected > 0 ? $0 / expected : 0 },
    ],
    namesWithoutFirstValue: ["dvars", "std_dvars"]
  )
}

/// The volumes that say what is usual.
private struct UsualVolumes: Sendable {
  /// The volumes.
  let volumes: [Int]

  /// Those among them whose forerunner is there as well.
  let successors: [Int]

  init(_ good: [Int], of count: Int) {
    let known = Set(good)
    volumes = (0..<count).filter(known.contains)
    successors = volumes.filter { known.contains($0 - 1) }
  }
}

/// What is added up over voxels.
private struct SignalSums: Sendable {
  var signal: [Double]
  var squaredChange: [Double]
  var expectedDeviation = 0.0
  var varyingCount = 0

  init(volumeCount: Int) {
    signal = [Double](repeating: 0, count: volumeCount)
    squaredChange = signal
  }

  mutating func add(_ other: SignalSums) {
    for volume in signal.indices {
      signal[volume] += other.signal[volume]
      squaredChange[volume] += other.squaredChange[volume]
    }
    expectedDeviation += other.expectedDeviation
    varyingCount += other.varyingCount
  }

  mutating func add(_ values: [Double], usual: UsualVolumes) {
    for volume in values.indices { signal[volume] += values[volume] }
    // A voxel that hardly ever varies has no usual change.
    guard interquartileRange(usual.volumes.map { values[$0] }) > 0 else { return }
    varyingCount += 1
    for volume in values.indices.dropFirst() {
      let change = values[volume] - values[volume - 1]
      squaredChange[volume] += change * change
    }
    let changes = usual.successors.map { values[$0] - values[$0 - 1] }
    expectedDeviation += interquartileRange(changes) / 1.349
  }
}

/// Returns the distance between the quartiles, linear between the ranks; 0 of nothing.
///
/// Four order statistics need no sorted list, which would cost more than all else here.
private func interquartileRange(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
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
