import Imaging

/// What two images share under a transform, and beside it.
struct Shared {
  /// Normalized mutual information under the transform, inside a region of the fixed image.
  let here: Double

  /// The largest one when the moving image is looked at 8 mm beside, along any axis either way.
  ///
  /// A registration that found the head lies on a peak; one that found nothing shares as little
  /// here as beside.
  let beside: Double

  /// Measures two images.
  ///
  /// - Parameters:
  ///   - fixed: The fixed image.
  ///   - moving: The moving image.
  ///   - region: The voxels of the fixed image to look at.
  ///   - map: Fixed points to moving points.
  ///   - step: Which images these are, for the error.
  ///   - threads: The number of threads.
  /// - Throws: `emptyOverlap` where less than a hundredth of the region is seen by both.
  init(
    of fixed: Volume,
    and moving: Volume,
    in region: Mask,
    by map: PointMap,
    step: RegistrationStep,
    threads: Int
  ) throws(NormalizationError) {
    let values = region.indices.map { fixed.values[$0] }
    func shared(_ shift: SIMD3<Double>) -> (value: Double, seen: Int)? {
      let moved = PointMap.sequence([map, .affine(.scaling([1, 1, 1], then: shift))])
      let image = resample(moving, onto: fixed.grid, by: moved, threads: threads)
      let other = region.indices.map { image.values[$0] }
      let seen = other.count { $0.isFinite }
      return normalizedMutualInformation(values, other).map { ($0, seen) }
    }
    guard let (value, seen) = shared(.zero), seen * 100 >= region.count else {
      throw .emptyOverlap(step: step)
    }
    here = value
    let steps: [SIMD3<Double>] = [[8, 0, 0], [0, 8, 0], [0, 0, 8]]
    beside = steps.flatMap { [$0, -$0] }.compactMap { shared($0)?.value }.max() ?? 1
  }
}
