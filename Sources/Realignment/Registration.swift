import Imaging

/// A reference at every scale, ready for volumes to be brought onto it.
struct Registration: Sendable {
  /// Wide enough for jumps of a head by two centimetres.
  private let far: RegistrationTarget?

  /// Wide enough for the usual motion.
  private let near: RegistrationTarget?

  /// The points at full resolution that know most, for the first steps there.
  private let best: RegistrationTarget

  /// Nearly all that is known at full resolution, for the last steps.
  private let full: RegistrationTarget?

  /// Prepares a reference.
  ///
  /// - Parameters:
  ///   - reference: The image.
  ///   - isFinal: Whether the last steps are made with nearly all that is known.
  /// - Throws: ``RealignmentError/emptyImages`` where the image has no structure.
  init(reference: Volume, isFinal: Bool) throws(RealignmentError) {
    let head = registrationMask(of: reference)
    let grid = reference.grid
    let inside = { (point: SIMD3<Double>) -> Bool in
      grid.nearestVoxel(to: point).map { head[$0] } ?? false
    }
    far = RegistrationTarget(reference, scale: .far) { _ in true }
    near = RegistrationTarget(reference, scale: .near) { _ in true }
    guard let best = RegistrationTarget(reference, scale: .full, share: 0.4, isInside: inside)
    else { throw .emptyImages }
    self.best = best
    full =
      isFinal ? RegistrationTarget(reference, scale: .full, share: 0.98, isInside: inside) : nil
  }

  /// Returns how a volume lies to the reference, searched from far to near.
  ///
  /// Most volumes lie near; a search at that scale that ends well is enough.
  func fit(_ volume: Volume, around start: Affine = .identity) -> RigidFit {
    var fit = RigidFit(map: start)
    if let near {
      let image = SplineVolume(near.scale.image(of: volume), order: near.scale.order)
      let search = RegistrationTarget.Search(iterations: 40, tolerance: 0.1)
      fit = near.refined(fit, to: image, by: search)
      if !(fit.step < 0.1 && fit.residual < 0.01), let far {
        let coarse = SplineVolume(far.scale.image(of: volume), order: far.scale.order)
        let wide = near.refined(
          far.refined(RigidFit(map: start), to: coarse, by: search),
          to: image,
          by: search
        )
        if !(fit.step < 0.1) || wide.residual < fit.residual { fit = wide }
      }
    }
    return self.fit(volume, from: fit)
  }

  /// Returns how a volume lies to the reference, from a guess within a voxel or so.
  func fit(_ volume: Volume, from start: RigidFit) -> RigidFit {
    let image = SplineVolume(best.scale.image(of: volume), order: best.scale.order)
    var fit = start
    // What is known of the noise is of another scale.
    fit.spread = .infinity
    fit = best.refined(
      fit,
      to: image,
      by: RegistrationTarget.Search(iterations: 30, tolerance: 0.02, limit: 6)
    )
    guard let full else { return fit }
    return full.refined(
      fit,
      to: image,
      by: RegistrationTarget.Search(iterations: 10, tolerance: 0.01, limit: 6)
    )
  }
}

/// Returns the voxels whose structure moves with the head: the brain and a rim around it.
private func registrationMask(of reference: Volume) -> [Bool] {
  let brain = brainMask(of: reference)
  let grid = reference.grid
  let inside = (0..<grid.voxelCount).map(brain.contains)
  return dilated(inside, by: Ball(radius: 5, in: grid), in: grid)
}
