/// Returns an image pulled onto another grid by linear interpolation.
///
/// - Parameters:
///   - volume: The image; voxels that are not finite make their neighbourhood NaN.
///   - grid: The target grid.
///   - map: From a point of the target to the point of the image that belongs there.
///   - threads: The number of threads.
/// - Returns: The image on the target grid; NaN where the map is undefined or leads outside of the
///   outermost voxel centres.
/// - Complexity: O(target voxels).
public func resample(
  _ volume: Volume,
  onto grid: Grid,
  by map: PointMap,
  threads: Int
) -> Volume {
  let values = filled(grid.voxelCount, threads: threads) { index in
    guard let point = map(grid.position(ofVoxel: index)),
      let corners = LinearCorners(volume.grid.inverseAffine(point), in: volume.grid)
    else { return .nan }
    var sum = 0.0
    corners.forEach { corner, weight in sum += weight * Double(volume.values[corner]) }
    return Float(sum)
  }
  return Volume(grid: grid, values: values)
}

/// Returns a statistic pulled onto another grid, from the voxels of its mask alone.
///
/// Linear, the weights normalised over the voxels of the mask that hold a number; where those have
/// less than half of the weight, and where the map is undefined, there is no value. No spline is
/// used, since it would overshoot at the edges of the mask.
///
/// - Parameters:
///   - effect: An effect, or a standard error.
///   - grid: The target grid.
///   - map: From a point of the target to the point of the map's grid that belongs there.
///   - threads: The number of threads.
/// - Returns: The statistic on the target grid, NaN where there is none.
/// - Complexity: O(target voxels).
public func resampleStatistic(
  _ effect: MaskedMap,
  onto grid: Grid,
  by map: PointMap,
  threads: Int = 1
) -> Volume {
  let source = effect.mask.grid
  let values = filled(grid.voxelCount, threads: threads) { index in
    guard let point = map(grid.position(ofVoxel: index)),
      let corners = LinearCorners(source.inverseAffine(point), in: source)
    else { return .nan }
    var (sum, weights) = (0.0, 0.0)
    corners.forEach { corner, weight in
      let place = Int(effect.mask.places[corner])
      guard place >= 0, effect.values[place].isFinite else { return }
      sum += weight * effect.values[place]
      weights += weight
    }
    return weights >= 0.5 - 1e-9 ? Float(sum / weights) : .nan
  }
  return Volume(grid: grid, values: values)
}

/// The voxels around a position, and their weights in a linear interpolation.
struct LinearCorners {
  private let grid: Grid
  private let lower: SIMD3<Double>
  private let share: SIMD3<Double>

  /// Finds the corners, or returns `nil` outside of the outermost voxel centres.
  ///
  /// Rounding of up to a millionth of a voxel outside is forgiven.
  init?(_ position: SIMD3<Double>, in grid: Grid) {
    let last = SIMD3<Double>(grid.dimensions) - 1
    // Lane by lane: a coordinate that is not a number fails each comparison.
    guard all(position .>= -1e-6), all(last - position .>= -1e-6) else { return nil }
    let voxel = position.clamped(lowerBound: .zero, upperBound: last)
    self.grid = grid
    lower = voxel.rounded(.down)
    share = voxel - lower
  }

  /// Calls a body with the storage index and the weight of every corner of weight above 0.
  func forEach(_ body: (Int, Double) -> Void) {
    for corner in 0..<8 {
      let step = SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2))
      let weights = step * share + (1 - step) * (1 - share)
      let weight = weights.x * weights.y * weights.z
      guard weight > 0 else { continue }
      let at = lower + step
      body(grid.index(Int(at.x), Int(at.y), Int(at.z)), weight)
    }
  }
}

/// Returns an array whose elements are computed slab by slab, on a number of threads.
func filled(_ count: Int, threads: Int, _ value: @Sendable (Int) -> Float) -> [Float] {
  let slab = 4096
  return [Float](unsafeUninitializedCapacity: count) { buffer, written in
    written = count
    guard let base = buffer.baseAddress else { return }
    let target = SlabPointer(base)
    forEachSlab((count + slab - 1) / slab, threads: threads) { index in
      for i in index * slab..<min(count, (index + 1) * slab) {
        (target.base + i).initialize(to: value(i))
      }
    }
  }
}
