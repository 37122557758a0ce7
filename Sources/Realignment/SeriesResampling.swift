import CImageKernel
public import Imaging

/// What a run is resampled from and onto.
public struct ResamplingRequest: Sendable {
  /// The run as it was acquired.
  public var series: ImageSeries

  /// Its head motion.
  public var motion: MotionEstimate

  /// Points of the session's reference to points of this run's reference, mm to mm.
  public var sessionToRun: Affine

  /// The wanted voxels, on the session's grid.
  public var mask: Mask

  /// The volumes that every voxel must be in view of; others may see less.
  public var keptVolumes: [Int]

  /// The number of threads; no result depends on it.
  public var threads: Int

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - series: The run as it was acquired.
  ///   - motion: Its head motion.
  ///   - sessionToRun: Points of the session's reference to points of this run's reference.
  ///   - mask: The wanted voxels, on the session's grid.
  ///   - keptVolumes: The volumes that every voxel must be in view of; `nil` for those whose motion
  ///     was found.
  ///   - threads: The number of threads.
  public init(
    series: ImageSeries,
    motion: MotionEstimate,
    sessionToRun: Affine = .identity,
    mask: Mask,
    keptVolumes: [Int]? = nil,
    threads: Int
  ) {
    precondition(motion.poses.count == series.volumeCount, "one pose per volume")
    self.series = series
    self.motion = motion
    self.sessionToRun = sessionToRun
    self.mask = mask
    self.keptVolumes = keptVolumes ?? motion.converged.indices.filter { motion.converged[$0] }
    self.threads = threads
  }

  /// Returns the map of voxel indices of the session's grid to those of one volume.
  func voxelMap(ofVolume volume: Int) -> Affine {
    series.grid.inverseAffine * motion.map(ofVolume: volume) * sessionToRun * mask.grid.affine
  }
}

/// A run without head motion.
public struct ResampledSeries: Sendable {
  /// The values in the asked mask, place by place.
  public let series: MaskedSeries

  /// The places of the voxels that were not in view of every kept volume: what the series holds
  /// there is partly its surroundings', and belongs in no result.
  public let outOfView: [Int]
}

/// Returns the voxels of a request's mask that are in view of every kept volume.
///
/// In view is a position within half a voxel of the outermost voxel centres, and with no voxel
/// around it that is NaN or infinite in any kept volume. A mask that several runs must share is the
/// intersection of what this returns for each.
///
/// - Parameter request: The run, its motion, and the wanted voxels.
/// - Returns: The part of the mask that is in view.
/// - Complexity: O(voxels × volumes), with no interpolation.
public func voxelsInView(_ request: ResamplingRequest) -> Mask {
  let (mask, dimensions) = (request.mask, request.series.grid.dimensions)
  let kept = request.keptVolumes
  let voxels = mask.indices.map { SIMD3<Double>(mask.grid.voxel(at: $0)) }
  let broken = brokenVoxels(of: request.series, in: kept, threads: request.threads)
  let top = SIMD3<Double>(dimensions) - 0.5
  let lost = mapSlabs(kept.count, threads: request.threads) { index in
    let map = request.voxelMap(ofVolume: kept[index])
    return voxels.indices.filter { place in
      let at = map(voxels[place])
      guard all(at .>= -0.5), all(at .<= top) else { return true }
      return broken.map { touches($0, at, in: request.series.grid) } ?? false
    }
  }
  var isLost = [Bool](repeating: false, count: mask.count)
  for place in lost.joined() { isLost[place] = true }
  return Mask(grid: mask.grid) { mask.contains($0) && !isLost[Int(mask.places[$0])] }
}

/// Resamples a run once, by a spline of degree 7, straight into strips.
///
/// Each voxel goes from the session's reference to the run's and on to the scanner position in each
/// volume in one map. Voxels that are out of view of a kept volume are listed and belong in no
/// result. Where a volume does not see a voxel, the series holds that volume's nearest sample, so
/// that smoothing of the voxels beside it stays sound: what a spline gives there is a mirror image.
///
/// - Parameter request: The run, its motion, and the wanted voxels.
/// - Returns: The run without head motion, and the places of the voxels that were not in view.
/// - Complexity: O(voxels × volumes).
public func resample(_ request: ResamplingRequest) -> ResampledSeries {
  let mask = request.mask
  let seen = voxelsInView(request)
  let outOfView = mask.indices.indices.filter { !seen.contains(mask.indices[$0]) }
  var series = MaskedSeries(zerosIn: mask, volumeCount: request.series.volumeCount)
  let points = PointBlocks(voxels: mask.indices, of: mask.grid)
  let stride = series.volumeCount * MaskedSeries.laneCount
  series.strips.withUnsafeMutableBufferPointer { strips in
    guard let base = strips.baseAddress, points.blockCount > 0 else { return }
    let target = SlabPointer(base)
    forEachSlab(request.series.volumeCount, threads: request.threads) { volume in
      let spline = SplineVolume(request.series.volume(volume), order: .septic)
      cik_sample(
        spline.coefficients,
        spline.grid.kernelShape,
        spline.order.rawValue,
        request.voxelMap(ofVolume: volume).kernelRows,
        points.blocks,
        points.blockCount,
        target.base + volume * MaskedSeries.laneCount,
        stride
      )
    }
  }
  fill(&series, through: request)
  return ResampledSeries(series: series, outOfView: outOfView)
}

/// Ends the strips with zeros, and gives voxels that a volume does not see its nearest value.
private func fill(_ series: inout MaskedSeries, through request: ResamplingRequest) {
  let mask = series.mask
  for place in mask.count..<series.stripCount * MaskedSeries.laneCount {
    for volume in 0..<series.volumeCount {
      series.strips[series.offset(ofVoxel: place, volume: volume)] = 0
    }
  }
  let last = SIMD3<Double>(request.series.grid.dimensions) - 1
  for volume in 0..<series.volumeCount {
    let map = request.voxelMap(ofVolume: volume)
    var image: Volume?
    for (place, index) in mask.indices.enumerated() {
      let offset = series.offset(ofVoxel: place, volume: volume)
      guard series.strips[offset].isNaN else { continue }
      let source = image ?? request.series.volume(volume)
      image = source
      let moved = map(SIMD3<Double>(mask.grid.voxel(at: index)))
      series.strips[offset] = 0
      guard all(moved .< .infinity), all(moved .> -.infinity) else { continue }
      let at = moved.clamped(lowerBound: .zero, upperBound: last).rounded(.toNearestOrAwayFromZero)
      let value = source.values[source.grid.index(Int(at.x), Int(at.y), Int(at.z))]
      if value.isFinite { series.strips[offset] = value }
    }
  }
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

/// Returns whether one of the voxels around a position is marked.
private func touches(_ marked: [Bool], _ at: SIMD3<Double>, in grid: Grid) -> Bool {
  let last = SIMD3<Double>(grid.dimensions) - 1
  let low = at.rounded(.down).clamped(lowerBound: .zero, upperBound: last)
  let high = at.rounded(.up).clamped(lowerBound: .zero, upperBound: last)
  for corner in 0..<8 {
    let x = corner & 1 == 0 ? low.x : high.x
    let y = corner & 2 == 0 ? low.y : high.y
    let z = corner & 4 == 0 ? low.z : high.z
    if marked[grid.index(Int(x), Int(y), Int(z))] { return true }
  }
  return false
}
