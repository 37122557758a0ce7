internal import CGroupKernel

/// Returns what a model says where outlying participants are to count less.
///
/// Tukey's bisquare by iteratively reweighted least squares from Huber's solution; the scale is the
/// median absolute residual over .6745, and the standard error the asymptotic one with Huber's
/// correction for small samples; *n* - rank degrees of freedom.
///
/// - Parameters:
///   - maps: The effects.
///   - model: The design and what is asked, t contrasts of one variance.
///   - tuning: Tukey's constant; 4.685 is 95 % efficient for normal values.
///   - iteration: When the reweighting ends.
///   - rule: How many participants a voxel needs.
///   - threads: The number of threads.
/// - Returns: The fit, with the scale as its spread.
/// - Throws: ``GroupModelError`` where an F or separate variances are asked.
///
/// Source: Huber & Ronchetti (2009), *Robust Statistics*, 2nd edition, 7.6 and 7.8.
public func robustFit(
  _ maps: GroupMaps,
  _ model: GroupModel,
  tuning: Double = 4.685,
  iteration: IterationLimit = IterationLimit(steps: 50, tolerance: 1e-6),
  rule: PresenceRule = PresenceRule(),
  threads: Int = 1
) throws(GroupModelError) -> IteratedFit {
  try model.requireTContrasts()
  if model.varianceGroupCount > 1, let contrast = model.contrasts.first {
    throw .separateVariances(contrast: contrast.name)
  }
  let design = WeightedDesign(model, iteration: iteration, tuning: tuning)
  return fitStrips(
    maps,
    variances: nil,
    model,
    design,
    required: rule.required(of: maps.participantCount),
    threads: threads
  ) { effects, _, scratch, results in
    cgr_kernels_in_use().pointee.robust(design.packed, effects, scratch, results)
  }
}
