internal import Algebra
internal import Imaging

/// Regions to be compared.
public struct RegionInferenceRequest: Sendable {
  /// Regions × participants; NaN where a participant has no value.
  public var values: [[Double]]

  /// The design of all participants, and what is asked.
  public var model: GroupModel

  /// Which t contrast.
  public var contrast: Int

  /// What its standardised effect is of.
  public var question: StandardisedQuestion

  /// How participants are rearranged; `nil` for no family-wise p.
  public var permutation: PermutationRequest?

  /// How intervals of standardised effects are drawn.
  public var bootstrap: BootstrapRequest

  /// The family-wise level.
  public var level: Double

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - values: Regions × participants; NaN where a participant has no value.
  ///   - model: The design of all participants, and what is asked.
  ///   - contrast: Which t contrast.
  ///   - question: What its standardised effect is of.
  ///   - permutation: How participants are rearranged; `nil` for no family-wise p.
  ///   - bootstrap: How intervals of standardised effects are drawn.
  ///   - level: The family-wise level.
  public init(
    values: [[Double]],
    model: GroupModel,
    contrast: Int = 0,
    question: StandardisedQuestion,
    permutation: PermutationRequest? = PermutationRequest(),
    bootstrap: BootstrapRequest = BootstrapRequest(),
    level: Double = 0.05
  ) {
    self.values = values
    self.model = model
    self.contrast = contrast
    self.question = question
    self.permutation = permutation
    self.bootstrap = bootstrap
    self.level = level
  }
}

/// What a model says of all regions.
public struct RegionInference: Sendable {
  /// One per region; `nil` where too few participants have a value or nothing varies.
  public let regions: [RegionEstimate?]

  /// The two-sided level of each test that holds the family's: of the largest |z| where participants
  /// are rearranged, else the level over the number of regions.
  public let correctedLevel: Double

  /// The rearranged participants, where there are any.
  public let permutation: PermutationResult?
}

/// Tests regions by a group model.
///
/// - Parameter request: The regions, the model, and how.
/// - Returns: One estimate per region.
/// - Throws: ``GroupModelError`` where participants cannot be rearranged as asked.
public func regionInference(
  _ request: RegionInferenceRequest
) throws(GroupModelError) -> RegionInference {
  let model = request.model
  let rule = request.permutation?.rule ?? PresenceRule()
  let required = rule.required(of: model.participantCount)
  let fits = mapSlabs(request.values.count, threads: request.permutation?.threads ?? 1) { region in
    estimate(request, region, required)
  }
  var permutation: PermutationResult?
  if var how = request.permutation {
    (how.lattice, how.clusterThreshold, how.enhancement) = (nil, nil, nil)
    let participants = model.participantCount
    let maps = GroupMaps(
      (0..<participants).map { participant in request.values.map { Float($0[participant]) } }
    )
    let everybody = Array(0..<participants)
    guard let single = model.restricted(to: everybody, contrast: request.contrast) else {
      throw .notEstimable(contrast: model.contrasts[request.contrast].name)
    }
    permutation = try permutationTest(maps, single, how).first
  }
  let tested = fits.count { $0 != nil }
  let critical = permutation?.maxima.critical(level: request.level) ?? .infinity
  let corrected =
    critical < .infinity && critical > 0
    ? twoSidedP(z: critical) : request.level / Double(max(1, tested))
  var regions = fits.map { $0?.estimate }
  for (index, fit) in fits.enumerated() {
    guard let fit else { continue }
    let reach = studentTQuantile(1 - 0.5 * corrected, degreesOfFreedom: fit.degrees)
    regions[index]?.detectable = fit.detectable(request.question, level: corrected)
    guard let permutation else { continue }
    regions[index]?.familyP = permutation.p[index]
    regions[index]?.familyInterval = ConfidenceInterval(
      lower: fit.effect - reach * fit.error,
      upper: fit.effect + reach * fit.error
    )
  }
  return RegionInference(regions: regions, correctedLevel: corrected, permutation: permutation)
}

/// An estimate, and what its intervals and power need.
private struct FittedRegion: Sendable {
  let estimate: RegionEstimate
  let effect: Double
  let error: Double
  let degrees: Double
  /// The root of the sum of the squared weights: the error that a standard deviation of 1 gives.
  let unitError: Double

  /// The standardised effect found with 80 % power.
  func detectable(_ question: StandardisedQuestion, level: Double) -> Double {
    let noncentrality = detectableNoncentrality(degreesOfFreedom: degrees, level: level)
    guard question == .slope else { return noncentrality * unitError }
    return noncentrality / (noncentrality * noncentrality + degrees).squareRoot()
  }
}

/// Fits one region; `nil` where too few have a value or nothing varies.
private func estimate(
  _ request: RegionInferenceRequest,
  _ region: Int,
  _ required: Int
) -> FittedRegion? {
  let values = request.values[region]
  let present = values.indices.filter { values[$0].isFinite }
  guard present.count >= required else { return nil }
  guard let model = request.model.restricted(to: present, contrast: request.contrast),
    let fit = SmallFit(present.map { values[$0] }, model, 0, rows: Array(present.indices))
  else { return nil }
  let placeOf = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
  let question = request.question.keeping(placeOf)
  let standardised = try? standardisedEffect(
    present.map { values[$0] },
    model,
    contrast: 0,
    of: question,
    bootstrap: request.bootstrap
  )
  let reach = studentTQuantile(0.975, degreesOfFreedom: fit.degrees) * fit.standardError
  let others = fit.effectsWithoutOne.filter { !$0.isNaN }
  let t = fit.effect / fit.standardError
  return FittedRegion(
    estimate: RegionEstimate(
      participants: present,
      effect: fit.effect,
      standardError: fit.standardError,
      interval: ConfidenceInterval(lower: fit.effect - reach, upper: fit.effect + reach),
      t: t,
      degreesOfFreedom: fit.degrees,
      p: twoSidedP(t: t, degreesOfFreedom: fit.degrees),
      standardised: standardised ?? nil,
      withoutOne: ConfidenceInterval(lower: others.min() ?? .nan, upper: others.max() ?? .nan),
      detectable: .nan
    ),
    effect: fit.effect,
    error: fit.standardError,
    degrees: fit.degrees,
    unitError: fit.weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
  )
}

extension GroupModel {
  /// The model of some participants with one of its contrasts; `nil` where they cannot bear it.
  fileprivate func restricted(to participants: [Int], contrast index: Int) -> GroupModel? {
    try? GroupModel(
      design: design.keeping(rows: participants),
      contrasts: [contrasts[index]],
      varianceGroups: varianceGroupCount > 1 ? participants.map { varianceGroups[$0] } : nil
    )
  }
}

extension StandardisedQuestion {
  /// The question to some participants, by their new places.
  fileprivate func keeping(_ placeOf: [Int: Int]) -> StandardisedQuestion {
    guard case .difference(let first, let second) = self else { return self }
    return .difference(
      first: first.compactMap { placeOf[$0] },
      second: second.compactMap { placeOf[$0] }
    )
  }
}
