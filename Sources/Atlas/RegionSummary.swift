public import Imaging

/// What the voxel maps say of a region, beside its own fit.
public struct RegionSummary: Equatable, Sendable {
  /// The mean of the voxels' effects, weighted by their shares, in % signal change.
  public let meanVoxelEffect: Double?

  /// The share of the region's voxels whose |z| reaches the threshold, 0 to 1.
  public let shareAboveThreshold: Double?

  /// The z farthest from 0, with its sign.
  public let peakZ: Double?

  /// Where it lies in the template, in mm, RAS+; `nil` where the map is not defined there.
  public let peakTemplatePosition: SIMD3<Double>?

  /// Where it lies in scanner space, in mm, RAS+.
  public let peakNativePosition: SIMD3<Double>?
}

/// Summarises the voxel maps of one contrast in a region.
///
/// The peak is looked for among the voxels of which at least half belongs to the region, and only
/// where there are none among all, so that a voxel of the neighbour is not its peak. Of equal peaks
/// the first voxel in storage order is taken.
///
/// - Parameters:
///   - weights: The region's voxels and shares.
///   - effect: The effects in % signal change, where the contrast has any.
///   - z: The z values; both maps on the mask of the weights.
///   - threshold: The |z| at and above which a voxel counts; `nil` where none of the mask does.
///   - nativeToTemplate: From the mask's space to the template's.
/// - Returns: The summary; its parts are `nil` where no voxel has a value.
public func summarize(
  _ weights: RegionWeights,
  effect: MaskedMap?,
  z: MaskedMap,
  threshold: Double?,
  nativeToTemplate: PointMap
) -> RegionSummary {
  var effects = WeightedMean()
  var above = WeightedMean()
  for (place, weight) in weights.voxels {
    if let effect { effects.add(effect.values[place], weight) }
    let value = z.values[place]
    above.add(value.isFinite ? (abs(value) >= threshold ?? .infinity ? 1 : 0) : .nan, weight)
  }
  let peak =
    peak(of: z, among: weights.voxels.filter { $0.weight >= 0.5 })
    ?? peak(of: z, among: weights.voxels)
  let native = peak.map { z.mask.grid.position(ofVoxel: z.mask.indices[$0]) }
  return RegionSummary(
    meanVoxelEffect: effects.value,
    shareAboveThreshold: above.value,
    peakZ: peak.map { z.values[$0] },
    peakTemplatePosition: native.flatMap { nativeToTemplate($0) },
    peakNativePosition: native
  )
}

/// Returns the place of the z farthest from 0.
private func peak(of z: MaskedMap, among voxels: [(place: Int, weight: Double)]) -> Int? {
  var best: Int?
  for (place, _) in voxels where z.values[place].isFinite {
    if let best, abs(z.values[best]) >= abs(z.values[place]) { continue }
    best = place
  }
  return best
}

/// A mean that leaves out what is not finite.
private struct WeightedMean {
  private var sum = 0.0
  private var total = 0.0

  mutating func add(_ value: Double, _ weight: Double) {
    guard value.isFinite else { return }
    sum += weight * value
    total += weight
  }

  var value: Double? { total > 0 ? sum / total : nil }
}
