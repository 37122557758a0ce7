/// How good a registration is.
public struct RegistrationCheck: Codable, Equatable, Sendable {
  /// Normalized mutual information ((H(A) + H(B)) / H(A, B), 1 to 2) of the template and the image
  /// registered with it, inside the template's brain.
  public var normalizedMutualInformation: Double

  /// The same of the mean EPI and the T1w image, inside the EPI's brain; `nil` without a T1w.
  public var epiNormalizedMutualInformation: Double?

  /// Dice overlap (0 to 1) of the template's brain and the EPI's brain in template space, within
  /// the EPI's field of view; `nil` where the template has no brain mask.
  public var maskOverlap: Double?

  /// The share of the template's brain that lies within the EPI's field of view, 0 to 1.
  public var brainInView: Double

  /// The largest distance between a template point of the brain and itself there and back, in mm.
  public var inverseConsistency: Double

  /// The smallest factor by which the warp changes volumes inside the brain.
  public var minimumJacobian: Double

  /// The share of the brain where the warp folds space (a factor of 0 or below), 0 to 1.
  public var foldedShare: Double

  /// What is wrong with it, a sentence each; empty where nothing is.
  public var problems: [String]
}
