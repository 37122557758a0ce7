public import Statistics

/// What an analysis says about one participant, region and contrast.
public struct EstimatedEffect: Equatable, Sendable {
  /// The participant's label, without `sub-`.
  public var participant: String

  /// The region's name.
  public var region: String

  /// The contrast's name.
  public var contrast: String

  /// The effect, in % signal change.
  public var effect: Double

  /// Its standard error, in the same unit.
  public var standardError: Double

  /// The degrees of freedom of its t.
  public var degreesOfFreedom: Double

  /// Creates an estimate.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, without `sub-`.
  ///   - region: The region's name.
  ///   - contrast: The contrast's name.
  ///   - effect: The effect, in % signal change.
  ///   - standardError: Its standard error, in the same unit.
  ///   - degreesOfFreedom: The degrees of freedom of its t.
  public init(
    participant: String,
    region: String,
    contrast: String,
    effect: Double,
    standardError: Double,
    degreesOfFreedom: Double
  ) {
    self.participant = participant
    self.region = region
    self.contrast = contrast
    self.effect = effect
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }
}

/// How close the estimates of one contrast came to the truth.
public struct TruthComparison: Equatable, Sendable {
  /// The difference of two groups in one region, estimated and true.
  public struct GroupDifference: Equatable, Sendable {
    /// The region's name.
    public let region: String

    /// The two groups, the second subtracted from the first.
    public let groups: [String]

    /// The estimated difference, in %.
    public let estimate: Double

    /// Its 95 % interval by Welch's test, in %.
    public let interval: ConfidenceInterval

    /// The difference of the two groups' mean true effects, in %.
    public let truth: Double
  }

  /// The contrast's name.
  public let contrast: String

  /// The number of estimates whose truth is known.
  public let count: Int

  /// The slope of the least-squares line of estimate on truth; 1 where nothing is lost.
  public let slope: Double

  /// The correlation of estimate and truth; NaN where one of them does not vary.
  public let correlation: Double

  /// The root of the mean squared error, in %.
  public let rootMeanSquareError: Double

  /// The mean error, in %.
  public let meanError: Double

  /// The share of the estimates' 95 % intervals that hold the truth.
  public let coverage: Double

  /// Every pair of groups in every region with at least two participants of each.
  public let groupDifferences: [GroupDifference]
}

/// Compares estimates with the truth, contrast by contrast.
///
/// - Parameters:
///   - estimates: What an analysis says.
///   - truth: What is true; estimates without a truth, and those that are not finite, are left out.
/// - Returns: One comparison for each contrast of the truth that was estimated, in the truth's order.
public func compareWithTruth(
  _ estimates: [EstimatedEffect],
  truth: [TrueEffect]
) -> [TruthComparison] {
  var known: [Place: TrueEffect] = [:]
  for row in truth { known[Place(row.participant, row.region, row.contrast)] = row }
  var pairs: [String: [Pair]] = [:]
  for estimate in estimates
  where estimate.effect.isFinite && estimate.standardError.isFinite
    && estimate.degreesOfFreedom > 0
  {
    let place = Place(estimate.participant, estimate.region, estimate.contrast)
    guard let row = known[place] else { continue }
    pairs[row.contrast, default: []].append(Pair(estimate: estimate, truth: row))
  }
  return inOrder(truth.map(\.contrast)).compactMap { contrast in
    pairs[contrast].map { comparison(of: $0, contrast: contrast) }
  }
}

private struct Place: Hashable {
  let participant, region, contrast: String

  init(_ participant: String, _ region: String, _ contrast: String) {
    (self.participant, self.region, self.contrast) = (participant, region, contrast)
  }
}

private struct Pair {
  let estimate: EstimatedEffect
  let truth: TrueEffect

  var error: Double { estimate.effect - truth.effect }

  var isCovered: Bool {
    let quantile = studentTQuantile(0.975, degreesOfFreedom: estimate.degreesOfFreedom)
    return abs(error) <= quantile * estimate.standardError
  }
}

private func comparison(of pairs: [Pair], contrast: String) -> TruthComparison {
  let count = Double(pairs.count)
  let meanTruth = pairs.reduce(0) { $0 + $1.truth.effect } / count
  let meanEstimate = pairs.reduce(0) { $0 + $1.estimate.effect } / count
  var (squareTruth, squareEstimate, product) = (0.0, 0.0, 0.0)
  for pair in pairs {
    let (x, y) = (pair.truth.effect - meanTruth, pair.estimate.effect - meanEstimate)
    squareTruth += x * x
    squareEstimate += y * y
    product += x * y
  }
  return TruthComparison(
    contrast: contrast,
    count: pairs.count,
    slope: product / squareTruth,
    correlation: product / (squareTruth * squareEstimate).squareRoot(),
    rootMeanSquareError: (pairs.reduce(0) { $0 + $1.error * $1.error } / count).squareRoot(),
    meanError: meanEstimate - meanTruth,
    coverage: Double(pairs.count(where: \.isCovered)) / count,
    groupDifferences: groupDifferences(of: pairs)
  )
}

private func groupDifferences(of pairs: [Pair]) -> [TruthComparison.GroupDifference] {
  let groups = inOrder(pairs.map(\.truth.group))
  let byRegion = Dictionary(grouping: pairs, by: \.truth.region)
  var differences: [TruthComparison.GroupDifference] = []
  for region in inOrder(pairs.map(\.truth.region)) {
    for (i, first) in groups.enumerated() {
      for second in groups[(i + 1)...] {
        let a = (byRegion[region] ?? []).filter { $0.truth.group == first }
        let b = (byRegion[region] ?? []).filter { $0.truth.group == second }
        guard let welch = try? welchTest(a.map(\.estimate.effect), b.map(\.estimate.effect)) else {
          continue
        }
        let truth = mean(a.map(\.truth.effect)) - mean(b.map(\.truth.effect))
        differences.append(
          TruthComparison.GroupDifference(
            region: region,
            groups: [first, second],
            estimate: welch.effect,
            interval: welch.interval,
            truth: truth
          )
        )
      }
    }
  }
  return differences
}

private func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}

/// The different words of a list, in the order of their first use.
private func inOrder(_ words: [String]) -> [String] {
  var seen: Set<String> = []
  return words.filter { seen.insert($0).inserted }
}
