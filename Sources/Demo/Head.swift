import Glibc

/// A head drawn from geometry, in the millimetres of MNI152NLin6Asym.
///
/// It can be asked for its brightness at any point, so a moved head is sampled at moved points and no
/// interpolation takes part in the truth. It is not meant to look like a person.
enum Head {
  /// The brightness of grey matter, in the units of the written image.
  static let brightness = 1000.0

  // Every sphere of the pain network lies within these three.
  private static let cerebrum = SoftEllipsoid(centre: [0, -18, 8], radii: [76, 94, 76])
  private static let cerebellum = SoftEllipsoid(centre: [0, -54, -40], radii: [52, 34, 32])
  private static let brainstem = SoftEllipsoid(centre: [0, -32, -34], radii: [18, 16, 36])

  private static let details: [(shape: SoftEllipsoid, contrast: Double)] = [
    // White matter is darker, the ventricles brighter than grey matter.
    (SoftEllipsoid(centre: [-32, -18, 22], radii: [24, 50, 30]), -0.2),
    (SoftEllipsoid(centre: [32, -18, 22], radii: [24, 50, 30]), -0.2),
    (SoftEllipsoid(centre: [-10, -16, 18], radii: [7, 24, 9]), 0.5),
    (SoftEllipsoid(centre: [10, -16, 18], radii: [7, 24, 9]), 0.5),
    // On the left only, so that left and right cannot be exchanged unseen.
    (SoftEllipsoid(centre: [-34, 40, 22], radii: [12, 12, 12]), 0.3),
  ]

  /// Returns whether a point is so far from the brain that a moved head does not reach it.
  static func isFar(_ point: SIMD3<Double>) -> Bool { brainShare(at: point, beyond: 20) < 1e-9 }

  /// Returns the brightness at a point of the head.
  ///
  /// - Parameter point: A point of the head, in mm, RAS+.
  /// - Returns: The brightness, 0 outside the brain.
  static func brightness(at point: SIMD3<Double>) -> Double {
    let share = brainShare(at: point, beyond: 0)
    guard share > 1e-9 else { return 0 }
    var contrast = 1.0
    for detail in details { contrast += detail.contrast * detail.shape.share(at: point) }
    return brightness * share * (contrast + texture(at: point))
  }

  private static func brainShare(at point: SIMD3<Double>, beyond distance: Double) -> Double {
    var outside = 1.0
    for part in [cerebrum, cerebellum, brainstem] {
      let grown = SoftEllipsoid(centre: part.centre, radii: part.radii + distance)
      outside *= 1 - grown.share(at: point)
    }
    return 1 - outside
  }

  /// Waves of 18 to 20 mm, which a grid of 4 mm holds without loss.
  private static func texture(at point: SIMD3<Double>) -> Double {
    let first = sin((point * [0.31, 0.12, -0.09]).sum() + 0.4)
    let second = sin((point * [-0.08, 0.29, 0.14]).sum() + 1.9)
    let third = sin((point * [0.10, -0.11, 0.27]).sum() + 3.1)
    return 0.07 * (first + second + third)
  }
}
