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

  /// What gives the volumes in place of the run, where its slices are moved in time.
  public var interpolation: SliceInterpolation?

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
  public private(set) var series: MaskedSeries

  /// The places of the voxels that were not in view of every kept volume: what the series holds
  /// there is partly its surroundings', and belongs in no result.
  public let outOfView: [Int]

  /// Takes a run that has no head motion, such as one that another program moved.
  ///
  /// - Parameters:
  ///   - series: The values in a mask, place by place.
  ///   - outOfView: The places of the voxels that belong in no result.
  public init(series: MaskedSeries, outOfView: [Int]) {
    (self.series, self.outOfView) = (series, outOfView)
  }

  /// Hands the values over, so that whoever takes them may change them in place; none are left here.
  ///
  /// - Returns: The values.
  public mutating func takeSeries() -> MaskedSeries {
    let taken = series
    series = MaskedSeries(zerosIn: Mask(grid: taken.mask.grid) { _ in false }, volumeCount: 0)
    return taken
  }
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
  let seen = fieldOfView(of: request).seen
  let outOfView = mask.indices.indices.filter { !seen.contains(mask.indices[$0]) }
  var series = MaskedSeries(zerosIn: mask, volumeCount: request.series.volumeCount)
  let points = PointBlocks(voxels: mask.indices, of: mask.grid)
  let stride = series.volumeCount * MaskedSeries.laneCount
  series.strips.withUnsafeMutableBufferPointer { strips in
    guard let base = strips.baseAddress, points.blockCount > 0 else { return }
    let target = SlabPointer(base)
    forEachSlab(request.series.volumeCount, threads: request.threads) { volume in
      let image =
        request.interpolation?.volume(volume) ?? request.series.volume(volume)
      let spline = SplineVolume(image, order: .septic)
      let map = request.voxelMap(ofVolume: volume)
      let values = target.base + volume * MaskedSeries.laneCount
      cik_sample(
        spline.coefficients,
        spline.grid.kernelShape,
        spline.order.rawValue,
        map.kernelRows,
        points.blocks,
        points.blockCount,
        values,
        stride
      )
      fill(values, stride: stride, of: mask, from: image, through: map)
    }
  }
  return ResampledSeries(series: series, outOfView: outOfView)
}

/// Ends the strips of a volume with zeros, and gives voxels that it does not see its nearest value.
///
/// - Parameters:
///   - values: The volume's value of the mask's first place.
///   - stride: The number of values from one strip to the next.
///   - mask: The wanted voxels.
///   - image: The volume as it was acquired.
///   - map: Voxel indices of the mask's grid to those of the volume.
private func fill(
  _ values: UnsafeMutablePointer<Float>,
  stride: Int,
  of mask: Mask,
  from image: Volume,
  through map: Affine
) {
  let (lanes, indices) = (MaskedSeries.laneCount, mask.indices)
  let last = SIMD3<Double>(image.grid.dimensions) - 1
  for place in indices.indices {
    let value = values + (place / lanes * stride + place % lanes)
    guard value.pointee.isNaN else { continue }
    value.pointee = 0
    let moved = map(SIMD3<Double>(mask.grid.voxel(at: indices[place])))
    guard all(moved .< .infinity), all(moved .> -.infinity) else { continue }
    let at = moved.clamped(lowerBound: .zero, upperBound: last).rounded(.toNearestOrAwayFromZero)
    let nearest = image.values[image.grid.index(Int(at.x), Int(at.y), Int(at.z))]
    if nearest.isFinite { value.pointee = nearest }
  }
  let end = (indices.count + lanes - 1) / lanes * lanes
  for place in indices.count..<end { values[place / lanes * stride + place % lanes] = 0 }
}

/// Returns whether one of the voxels around a position is marked.
func touches(_ marked: [Bool], _ at: SIMD3<Double>, in grid: Grid) -> Bool {
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
