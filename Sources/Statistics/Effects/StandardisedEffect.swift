import Algebra
import Glibc

/// An effect in terms of what varies between participants.
public struct StandardisedEffect: Equatable, Sendable {
  /// What it is over.
  public enum Kind: String, Sendable {
    /// A mean over the standard deviation, bias-corrected (one group, or differences: d_z).
    case mean = "g (mean / SD)"

    /// A difference of two groups over their common standard deviation, bias-corrected.
    case difference = "g (pooled SD)"

    /// A difference of two groups over the root mean of their variances, bias-corrected.
    case unequalDifference = "g (root mean variance)"

    /// The correlation with what the design leaves of a score.
    case partialCorrelation = "partial r"
  }

  /// What it is over.
  public let kind: Kind

  /// The effect.
  public let value: Double

  /// Its 95 % interval.
  public let interval: ConfidenceInterval

  /// How the interval was found, in a word or two.
  public let method: String
}

/// What a standardised effect is of.
public enum StandardisedQuestion: Equatable, Sendable {
  /// The mean of all.
  case mean

  /// Members of the first list less members of the second, by their rows in the design.
  case difference(first: [Int], second: [Int])

  /// The slope of a score.
  case slope
}

/// Returns an effect over what varies between participants, with its 95 % interval.
///
/// The difference of groups is the adjusted one, the standard deviation the unadjusted one within
/// groups: the pooled one where one variance is assumed, else the root of the mean of the two. The
/// interval comes of the noncentral t where one variance and no covariate is in the design, of
/// Fisher's transformation for a correlation, else of a bias-corrected bootstrap within groups.
///
/// - Parameters:
///   - values: One value per participant.
///   - model: The design of the same participants.
///   - index: Its t contrast.
///   - question: What the effect is of.
///   - bootstrap: How resamples are drawn; the level is always 95 %.
/// - Returns: The effect; `nil` where nothing varies.
/// - Throws: ``StatisticsError`` where the bootstrap gives no interval.
///
/// Source: Hedges (1981), *J. Educ. Stat.* 6(2), 107-128; Steiger (2004), *Psychol. Methods* 9(2),
/// 164-182, for the noncentral interval.
public func standardisedEffect(
  _ values: [Double],
  _ model: GroupModel,
  contrast index: Int,
  of question: StandardisedQuestion,
  bootstrap: BootstrapRequest = BootstrapRequest()
) throws(StatisticsError) -> StandardisedEffect? {
  let everybody = Array(values.indices)
  guard let fit = SmallFit(values, model, index, rows: everybody) else { return nil }
  let t = fit.effect / fit.standardError
  if question == .slope { return partialCorrelation(t, model) }
  guard let observed = standardised(values, fit, question, isSeparate: fit.isSeparate) else {
    return nil
  }
  let groups: [[Int]]
  let kind: StandardisedEffect.Kind
  switch question {
  case .difference(let first, let second):
    groups = [first, second]
    kind = fit.isSeparate ? .unequalDifference : .difference
  default:
    groups = [everybody]
    kind = .mean
  }
  if !fit.isSeparate, model.rank == groups.count {
    // t is the noncentrality's estimate, and the standardised effect a multiple of it.
    let unit = fit.weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let factor = hedgesCorrection(degreesOfFreedom: fit.degrees) * unit
    let ends = [0.975, 0.025].map {
      factor
        * NoncentralT.noncentrality(
          atWhich: t,
          hasProbability: $0,
          degreesOfFreedom: fit.degrees
        )
    }
    return StandardisedEffect(
      kind: kind,
      value: observed,
      interval: ConfidenceInterval(lower: ends[0], upper: ends[1]),
      method: "noncentral t"
    )
  }
  let others = everybody.filter { row in !groups.contains { $0.contains(row) } }
  var request = bootstrap
  request.level = 0.95
  let places = (groups + (others.isEmpty ? [] : [others])).map { $0.map(Double.init) }
  let interval = try biasCorrectedInterval(of: places, request) { drawn in
    let rows = drawn.flatMap { $0.map { Int($0) } }
    guard let fit = SmallFit(values, model, index, rows: rows) else { return .nan }
    let question: StandardisedQuestion =
      kind == .mean
      ? .mean
      : .difference(first: drawn[0].map { Int($0) }, second: drawn[1].map { Int($0) })
    return standardised(values, fit, question, isSeparate: fit.isSeparate) ?? .nan
  }
  return StandardisedEffect(kind: kind, value: observed, interval: interval, method: "bootstrap")
}

/// The correlation of which t is the test, with Fisher's interval.
private func partialCorrelation(_ t: Double, _ model: GroupModel) -> StandardisedEffect {
  let degrees = Double(model.participantCount - model.rank)
  let r = t / (t * t + degrees).squareRoot()
  let reach = degrees > 1 ? standardNormalQuantile(0.975) / (degrees - 1).squareRoot() : .infinity
  return StandardisedEffect(
    kind: .partialCorrelation,
    value: r,
    interval: ConfidenceInterval(lower: tanh(atanh(r) - reach), upper: tanh(atanh(r) + reach)),
    method: "Fisher's z"
  )
}

/// An effect over the unadjusted standard deviation within groups, bias-corrected.
private func standardised(
  _ values: [Double],
  _ fit: SmallFit,
  _ question: StandardisedQuestion,
  isSeparate: Bool
) -> Double? {
  let (variance, degrees): (Double, Double)
  switch question {
  case .difference(let first, let second):
    let (a, b) = (SampleMoments(first.map { values[$0] }), SampleMoments(second.map { values[$0] }))
    guard a.count > 1, b.count > 1 else { return nil }
    if isSeparate {
      let sum = a.variance + b.variance
      variance = 0.5 * sum
      degrees =
        sum * sum
        / (a.variance * a.variance / (a.count - 1) + b.variance * b.variance / (b.count - 1))
    } else {
      degrees = a.count + b.count - 2
      variance = ((a.count - 1) * a.variance + (b.count - 1) * b.variance) / degrees
    }
  default:
    let all = SampleMoments(fit.rows.map { values[$0] })
    (variance, degrees) = (all.variance, all.count - 1)
  }
  guard variance > 0 else { return nil }
  return hedgesCorrection(degreesOfFreedom: degrees) * fit.effect / variance.squareRoot()
}
