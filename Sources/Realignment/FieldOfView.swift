public import Imaging

/// What of some voxels the volumes of a run hold.
public struct FieldOfView: Sendable {
  /// The wanted voxels.
  public let wanted: Mask

  /// Those that are in view of every kept volume.
  public let seen: Mask

  /// The kept volume that lacks most of the wanted voxels, and how many; `nil` where none lacks any.
  public let worst: (volume: Int, lostCount: Int)?

  /// Takes voxels that are all in view.
  ///
  /// - Parameter wanted: The voxels.
  public init(whole wanted: Mask) { (self.wanted, seen, worst) = (wanted, wanted, nil) }

  init(wanted: Mask, seen: Mask, worst: (volume: Int, lostCount: Int)?) {
    (self.wanted, self.seen, self.worst) = (wanted, seen, worst)
  }

  /// The share of the wanted voxels that every kept volume holds, 0 to 1.
  public var share: Double { wanted.count > 0 ? Double(seen.count) / Double(wanted.count) : 1 }
}

/// Returns the voxels of a request's mask that are in view of every kept volume.
///
/// - Parameter request: The run, its motion, and the wanted voxels.
/// - Returns: The part of the mask that is in view, as ``fieldOfView(of:)`` finds it.
/// - Complexity: O(voxels × volumes), with no interpolation.
public func voxelsInView(_ request: ResamplingRequest) -> Mask { fieldOfView(of: request).seen }

/// Returns what of a request's mask every kept volume holds.
///
/// In view is a position within half a voxel of the outermost voxel centres, and with no voxel
/// around it that is NaN or infinite in any kept volume. A mask that several runs must share is the
/// intersection of what is seen in each.
///
/// - Parameter request: The run, its motion, and the wanted voxels.
/// - Returns: The part of the mask that is in view, and the volume that costs most of it.
/// - Complexity: O(voxels × volumes), with no interpolation.
public func fieldOfView(of request: ResamplingRequest) -> FieldOfView {
  let (mask, dimensions) = (request.mask, request.series.grid.dimensions)
  let kept = request.keptVolumes
  let voxels = mask.indices.map { SIMD3<Double>(mask.grid.voxel(at: $0)) }
  let broken = brokenVoxels(of: request.series, in: kept, threads: request.threads)
  let top = SIMD3<Double>(dimensions) - 0.5
  // An affine map keeps a box convex: where its corners are in view, all of it is.
  let corners = cornersOfBox(around: voxels)
  let lost = mapSlabs(kept.count, threads: request.threads) { index -> [Int] in
    let map = request.voxelMap(ofVolume: kept[index])
    let isBoxInside = corners.allSatisfy { isInView(map($0), below: top, margin: 1e-6) }
    if isBoxInside, broken == nil { return [] }
    return voxels.indices.filter { place in
      let at = map(voxels[place])
      guard isInView(at, below: top, margin: 0) else { return true }
      return broken.map { touches($0, at, in: request.series.grid) } ?? false
    }
  }
  var isLost = [Bool](repeating: false, count: mask.count)
  for place in lost.joined() { isLost[place] = true }
  let seen = Mask(grid: mask.grid) { mask.contains($0) && !isLost[Int(mask.places[$0])] }
  let most = lost.map(\.count).max() ?? 0
  let worst = lost.firstIndex { $0.count == most && most > 0 }
  return FieldOfView(
    wanted: mask,
    seen: seen,
    worst: worst.map { (volume: kept[$0], lostCount: most) }
  )
}

/// Returns the voxels that are not finite in any of some volumes, or `nil` without any.
private func brokenVoxels(of series: ImageSeries, in volumes: [Int], threads: Int) -> [Bool]? {
  guard series.encoding == .float32 || series.encoding == .float64 else { return nil }
  let broken = mapSlabs(volumes.count, threads: threads) { index in
    let values = series.volume(volumes[index]).values
    return values.indices.filter { !values[$0].isFinite }
  }
  guard broken.contains(where: { !$0.isEmpty }) else { return nil }
  var result = [Bool](repeating: false, count: series.grid.voxelCount)
  for index in broken.joined() { result[index] = true }
  return result
}

/// Returns whether a position is within half a voxel of the voxel centres from 0 to `top` - 0.5.
private func isInView(_ at: SIMD3<Double>, below top: SIMD3<Double>, margin: Double) -> Bool {
  all(at .>= SIMD3(repeating: margin - 0.5)) && all(at .<= top - margin)
}

/// Returns the eight corners of the smallest box around some points; none around no point.
private func cornersOfBox(around points: [SIMD3<Double>]) -> [SIMD3<Double>] {
  guard var low = points.first else { return [] }
  var high = low
  for point in points {
    low = pointwiseMin(low, point)
    high = pointwiseMax(high, point)
  }
  return (0..<8).map { corner in
    SIMD3(
      corner & 1 == 0 ? low.x : high.x,
      corner & 2 == 0 ? low.y : high.y,
      corner & 4 == 0 ? low.z : high.z
    )
  }
}
