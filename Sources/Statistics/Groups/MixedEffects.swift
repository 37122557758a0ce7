internal import CGroupKernel

/// How the variance between participants is estimated.
public enum BetweenVariance: String, Sendable {
  /// By restricted maximum likelihood.
  case restricted = "REML"

  /// By maximum likelihood.
  case likelihood = "ML"
}

/// Returns what a model says where every participant's variance is known.
///
/// At each voxel participant *i* has variance τ² + sᵢ² with the sᵢ² of the participant's own fit; τ²,
/// one per variance group of the model, is estimated by damped scoring from the moments' estimate.
/// The effect is that of least squares weighted by 1 / (τ² + sᵢ²). Its variance is scaled by the
/// weighted residuals (Knapp & Hartung), with *n* - rank degrees of freedom; with several variance
/// groups by each group's own, with Satterthwaite's.
///
/// - Parameters:
///   - maps: The effects.
///   - variances: Their squared standard errors, of the same participants and voxels.
///   - model: The design and what is asked, t contrasts alone.
///   - method: How τ² is estimated.
///   - iteration: When the estimate ends.
///   - rule: How many participants a voxel needs.
///   - threads: The number of threads.
/// - Returns: The fit, with τ² of each variance group as its spread.
/// - Throws: ``GroupModelError`` where an F is asked.
///
/// Source: Knapp & Hartung (2003), *Stat. Med.* 22(17), 2693-2710; Beckmann, Jenkinson & Smith
/// (2003), *NeuroImage* 20(2), 1052-1063, for the model.
public func mixedEffects(
  _ maps: GroupMaps,
  variances: GroupMaps,
  _ model: GroupModel,
  method: BetweenVariance = .restricted,
  iteration: IterationLimit = IterationLimit(steps: 50, tolerance: 1e-6),
  rule: PresenceRule = PresenceRule(),
  threads: Int = 1
) throws(GroupModelError) -> IteratedFit {
  try model.requireTContrasts()
  precondition(
    maps.participantCount == variances.participantCount && maps.voxelCount == variances.voxelCount,
    "as many variances as effects"
  )
  let design = WeightedDesign(
    model,
    iteration: iteration,
    isRestricted: method == .restricted
  )
  return fitStrips(
    maps,
    variances: variances,
    model,
    design,
    required: rule.required(of: maps.participantCount),
    threads: threads
  ) { effects, variances, scratch, results in
    cgr_kernels_in_use().pointee.mixed(design.packed, effects, variances, scratch, results)
  }
}

extension GroupModel {
  /// Refuses F contrasts, which weighted fits do not offer.
  func requireTContrasts() throws(GroupModelError) {
    if let contrast = contrasts.first(where: \.isF) {
      throw .separateVariances(contrast: contrast.name)
    }
  }
}
