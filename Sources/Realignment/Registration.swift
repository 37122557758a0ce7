import Imaging

/// A reference at every scale, ready for volumes to be brought onto it.
struct Registration: Sendable {
  /// From far to near; the last is at full resolution.
  private let coarse: [RegistrationTarget]

  /// Some of the points at full resolution, for the first steps there.
  private let quarter: RegistrationTarget

  /// All points at full resolution, for the last steps.
  private let full: RegistrationTarget?

  /// Prepares a reference.
  ///
  /// - Parameters:
  ///   - reference: The image.
  ///   - isFinal: Whether the last steps are made with all points.
  /// - Throws: ``RealignmentError/emptyImages`` where the image has no structure.
  init(reference: Volume, isFinal: Bool) throws(RealignmentError) {
    let head = registrationMask(of: reference)
    let grid = reference.grid
    let inside = { (point: SIMD3<Double>) -> Bool in
      grid.nearestVoxel(to: point).map { head[$0] } ?? false
    }
    coarse = [RegistrationScale.far, .near].compactMap { scale in
      RegistrationTarget(reference, scale: scale) { _ in true }
    }
    guard let quarter = RegistrationTarget(reference, scale: .full, stride: 5, isInside: inside)
    else { throw .emptyImages }
    self.quarter = quarter
    full = isFinal ? RegistrationTarget(reference, scale: .exact, isInside: inside) : nil
  }

  /// Returns how a volume lies to the reference, searched from far to near.
  func fit(_ volume: Volume, around start: Affine = .identity) -> RigidFit {
    var fit = RigidFit(map: start)
    for target in coarse {
      let image = SplineVolume(target.scale.image(of: volume), order: target.scale.order)
      fit = target.refined(fit, to: image, iterations: 40, tolerance: 0.1)
    }
    return self.fit(volume, from: fit)
  }

  /// Returns how a volume lies to the reference, from a guess within a voxel or so.
  func fit(_ volume: Volume, from start: RigidFit) -> RigidFit {
    let image = SplineVolume(volume, order: quarter.scale.order)
    let fit = quarter.refined(start, to: image, iterations: 30, tolerance: 0.02)
    guard let full else { return fit }
    let sharp =
      full.scale.order == quarter.scale.order
      ? image : SplineVolume(volume, order: full.scale.order)
    return full.refined(fit, to: sharp, iterations: 10, tolerance: 0.002)
  }
}

/// Returns the voxels whose structure moves with the head: the brain and a rim around it.
private func registrationMask(of reference: Volume) -> [Bool] {
  let brain = brainMask(of: reference)
  let grid = reference.grid
  var inside = (0..<grid.voxelCount).map(brain.contains)
  let rim = Ball(radius: 5, in: grid)
  for index in brain.indices {
    let voxel = grid.voxel(at: index)
    for step in rim.steps {
      let at = voxel &+ step
      guard at.min() >= 0, (grid.dimensions &- at).min() > 0 else { continue }
      inside[grid.index(at.x, at.y, at.z)] = true
    }
  }
  return inside
}
