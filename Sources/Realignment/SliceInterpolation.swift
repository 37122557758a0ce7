import Glibc
public import Imaging

/// A run whose slices are moved in time, volume by volume, to one moment of their volume.
///
/// Each slice is interpolated over 16 volumes with a sinc under a Kaiser window, the run mirrored at
/// its first and last volume. Signals of periods from 3.5 volumes on come back within 2e-4 of their
/// amplitude away from the ends; what is near 2 volumes cannot. Volumes that must not give, such as broken
/// ones, are left as they are; where the window reaches one, the straight line between the nearest
/// volumes that give stands in its place. Volumes are made one at a time, so no second copy of the run is
/// kept.
public struct SliceInterpolation: Sendable {
  /// The run as it was acquired.
  public let series: ImageSeries

  /// The first volume that takes part; those before stay as they are.
  public let firstVolume: Int

  /// The stored axis along which slices follow each other, 0 to 2.
  public let axis: Int

  /// For every slice the volumes that its value is summed over, from the first.
  private let kernels: [Kernel]

  /// For every volume which volumes stand for it, with what shares; itself where it gives.
  private let standIns: [[StandIn]]

  /// Prepares the interpolation of a run.
  ///
  /// A slice whose time is no number, or a billion volumes away, becomes NaN.
  ///
  /// - Parameters:
  ///   - series: The run as it was acquired.
  ///   - axis: The stored axis along which slices follow each other, 0 to 2.
  ///   - sliceTimes: When each slice is acquired after the start of its volume, in s.
  ///   - referenceTime: The moment that all slices are moved to, in s after the start of a volume.
  ///   - repetitionTime: The time from one volume to the next, in s, above 0.
  ///   - firstVolume: The first volume that takes part, after the dummy scans.
  ///   - giving: The volumes that others may draw from, such as those that are analysed; `nil` for all
  ///     from the first on.
  public init(
    of series: ImageSeries,
    axis: Int,
    sliceTimes: [Double],
    referenceTime: Double,
    repetitionTime: Double,
    skipping firstVolume: Int = 0,
    drawingFrom giving: [Int]? = nil
  ) {
    precondition((0...2).contains(axis), "an axis of the image")
    precondition(sliceTimes.count == series.grid.dimensions[axis], "one time per slice")
    precondition(repetitionTime > 0, "a repetition time")
    precondition((0..<series.volumeCount).contains(firstVolume), "a volume of the run")
    self.series = series
    self.firstVolume = firstVolume
    self.axis = axis
    kernels = sliceTimes.map { Kernel(shift: (referenceTime - $0) / repetitionTime) }
    let all = firstVolume..<series.volumeCount
    let good = (giving ?? Array(all)).filter { all.contains($0) }.sorted()
    standIns = Self.standIns(among: good.isEmpty ? Array(all) : good, of: series.volumeCount)
  }

  /// Returns one volume with every slice as it would have been at the reference time.
  ///
  /// A sample that is not finite is replaced by that of the volume itself.
  ///
  /// - Parameter index: The volume, counted from 0.
  /// - Returns: Its values, scaled; the volume as acquired where it is before ``firstVolume`` or does not
  ///   give to others.
  /// - Complexity: O(16 voxels).
  public func volume(_ index: Int) -> Volume {
    let own = series.volume(index)
    guard index >= firstVolume, standIns[index] == [StandIn(volume: index, share: 1)] else {
      return own
    }
    var shares: [Int: [Float]] = [:]
    for (slice, kernel) in kernels.enumerated() {
      for (step, weight) in kernel.weights.enumerated() {
        for source in standIns[mirrored(index + kernel.first + step)] {
          shares[source.volume, default: [Float](repeating: 0, count: kernels.count)][slice] +=
            weight * source.share
        }
      }
    }
    var sums = [Float](repeating: 0, count: own.values.count)
    for source in shares.keys.sorted() {
      guard let slices = shares[source] else { continue }
      let image = source == index ? own : series.volume(source)
      add(image, by: slices, beside: own, to: &sums)
    }
    return Volume(grid: own.grid, values: sums)
  }

  /// Adds a volume's share to every slice.
  private func add(_ image: Volume, by shares: [Float], beside own: Volume, to sums: inout [Float])
  {
    let size = image.grid.dimensions
    let stride = [1, size.x, size.x * size.y][axis]
    // Voxels of one slice follow each other in runs as long as the axis' stride.
    for first in Swift.stride(from: 0, to: sums.count, by: stride) {
      let share = shares[first / stride % size[axis]]
      guard share != 0 else { continue }
      for voxel in first..<first + stride {
        let value = image.values[voxel]
        sums[voxel] += share * (value.isFinite ? value : own.values[voxel])
      }
    }
  }

  /// For every volume its nearest volumes before and after that give, nearer ones with larger shares.
  private static func standIns(among good: [Int], of count: Int) -> [[StandIn]] {
    var isGood = [Bool](repeating: false, count: count)
    for volume in good { isGood[volume] = true }
    return (0..<count).map { volume in
      if isGood[volume] { return [StandIn(volume: volume, share: 1)] }
      let before = good.last { $0 < volume }
      let after = good.first { $0 > volume }
      guard let first = before ?? after, let next = after, first != next else {
        return [before ?? after].compactMap(\.self).map { StandIn(volume: $0, share: 1) }
      }
      let share = Float(volume - first) / Float(next - first)
      return [StandIn(volume: first, share: 1 - share), StandIn(volume: next, share: share)]
    }
  }

  /// The volume that stands at a place in time, the run being mirrored at its ends.
  private func mirrored(_ index: Int) -> Int {
    let last = series.volumeCount - 1
    guard last > firstVolume else { return last }
    let period = 2 * (last - firstVolume)
    let place = ((index - firstVolume) % period + period) % period
    return firstVolume + min(place, period - place)
  }
}

/// A volume that gives, and how much of it.
private struct StandIn: Equatable {
  let volume: Int
  let share: Float
}

/// The weights with which volumes make up a slice at another time.
private struct Kernel {
  /// Half the number of volumes.
  static let radius = 8

  /// The first volume, counted from the one that is made.
  let first: Int

  /// The weights, of sum 1.
  let weights: [Float]

  /// Makes the weights of a shift in time.
  ///
  /// - Parameter shift: How much later than acquired, in volumes.
  init(shift: Double) {
    guard abs(shift) < 1e9 else {
      (first, weights) = (0, [.nan])
      return
    }
    let below = Int(shift.rounded(.down))
    guard shift != Double(below) else {
      (first, weights) = (below, [1])
      return
    }
    first = below - Self.radius + 1
    let values = (0..<2 * Self.radius).map { place in
      let x = shift - Double(below - Self.radius + 1 + place)
      let edge = max(0, 1 - x * x / Double(Self.radius * Self.radius)).squareRoot()
      return sin(.pi * x) / (.pi * x) * besselI0(8 * edge)
    }
    let sum = values.reduce(0, +)
    weights = values.map { Float($0 / sum) }
  }
}

/// The modified Bessel function of the first kind and order 0, by its power series, for 0 to 10.
private func besselI0(_ x: Double) -> Double {
  var (term, sum) = (1.0, 1.0)
  for k in 1...60 {
    term *= x * x / Double(4 * k * k)
    sum += term
  }
  return sum
}
