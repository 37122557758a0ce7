public import Imaging

/// How one image lies to another of the same head.
public struct RigidAlignment: Sendable {
  /// Reference points to points of the moving image, mm to mm.
  public let affine: Affine

  /// The same as a motion about the centre of the reference's grid.
  public let motion: RigidMotion

  /// The mean squared difference that is left, over the reference's variance: 0 is perfect.
  public let residual: Double

  /// Whether the alignment can be relied on.
  public let converged: Bool
}

/// Aligns an image to another one of the same head and contrast, such as the means of two runs.
///
/// - Parameters:
///   - moving: The image whose place is wanted; its grid may differ.
///   - reference: The image that stays.
///   - threads: The number of threads.
/// - Returns: The rigid map from reference points to points of the moving image.
/// - Throws: ``RealignmentError`` where an image is too small or shows nothing.
public func alignRigidly(
  _ moving: Volume,
  to reference: Volume,
  threads: Int
) throws(RealignmentError) -> RigidAlignment {
  for grid in [moving.grid, reference.grid] where grid.dimensions.min() < 4 {
    throw .gridTooSmall(dimensions: grid.dimensions)
  }
  let fit = try Registration(reference: reference, isFinal: true).fit(moving)
  return RigidAlignment(
    affine: fit.map,
    motion: RigidMotion(fit.map, about: reference.grid.centre),
    residual: fit.residual,
    converged: fit.isTrusted
  )
}
