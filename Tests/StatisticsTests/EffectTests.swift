import Algebra
import Statistics
import TestData
import Testing

/// Expected values of the noncentral t by scipy 1.15.3 (`stats.nct`, and `optimize.brentq` on it).
@Suite("Effect sizes and power")
struct EffectTests {
  @Test(
    "The noncentral t",
    arguments: [
      (0, 5, 2.0, 0.9490302605850708), (1.5, 10, 2.5, 0.7939391090361834),
      (3, 4, -1, 8.577735952440568e-05), (2.8, 34, 2.03, 0.22291201890808832),
      (-2, 1, 0.5, 0.9896386173596441), (6, 200, 5, 0.16447187944815225),
    ]
  )
  func noncentral(noncentrality: Double, degrees: Double, t: Double, p: Double) {
    let found = NoncentralT(noncentrality: noncentrality, degreesOfFreedom: degrees)
    #expect(abs(found.cdf(t) - p) < 1e-10)
  }

  @Test(
    "The effect found with 80 % power",
    arguments: [
      (34, 0.05, 2.883888865819251), (34, 0.001, 4.491737628649495),
      (11, 0.05, 3.0783886757022225), (38, 0.05, 2.8749184302610282),
    ]
  )
  func power(degrees: Double, level: Double, noncentrality: Double) {
    let found = detectableNoncentrality(degreesOfFreedom: degrees, level: level)
    #expect(abs(found - noncentrality) < 1e-8)
  }

  @Test("The noncentralities that reach a t from either side")
  func interval() {
    for (probability, expected) in [(0.975, 0.43575283746565086), (0.025, 4.53057704369729)] {
      let found = NoncentralT.noncentrality(
        atWhich: 2.5,
        hasProbability: probability,
        degreesOfFreedom: 34
      )
      #expect(abs(found - expected) < 1e-8)
    }
  }

  private func model(_ covariates: [[Double]] = [], isSeparate: Bool = false) throws -> GroupModel {
    let columns = [(0..<20).map { $0 < 9 ? 1.0 : 0 }, (0..<20).map { $0 < 9 ? 0.0 : 1 }]
    return try GroupModel(
      design: Matrix(columns: columns + covariates, rowCount: 20),
      contrasts: [
        GroupContrast(
          name: "difference",
          weights: [1, -1] + covariates.map { _ in 0 }
        )
      ],
      varianceGroups: isSeparate ? (0..<20).map { $0 < 9 ? 0 : 1 } : nil
    )
  }

  private var values: [Double] {
    var numbers = NormalNumbers(seed: 21)
    return (0..<20).map { ($0 < 9 ? 0.7 : 0) + numbers.next() }
  }

  private let groups = StandardisedQuestion.difference(
    first: Array(0..<9),
    second: Array(9..<20)
  )

  // J t √(1/9 + 1/11), its definition.
  @Test("g of two groups of one variance, with the noncentral interval around it")
  func difference() throws {
    let found = try #require(
      try standardisedEffect(values, try model(), contrast: 0, of: groups)
    )
    let fit = leastSquares(GroupMaps(values.map { [Float($0)] }), try model()).estimates[0]
    let root = (1.0 / 9 + 1.0 / 11).squareRoot()
    let expected = hedgesCorrection(degreesOfFreedom: 18) * fit.statistic[0] * root
    #expect(abs(found.value - expected) < 1e-5)
    #expect(found.method == "noncentral t" && found.kind == .difference)
    #expect(found.interval.lower < found.value && found.value < found.interval.upper)
  }

  @Test("With variances apart g and its interval are those of Welch's test")
  func separate() throws {
    let bootstrap = BootstrapRequest(resampleCount: 500)
    let found = try #require(
      try standardisedEffect(
        values,
        try model(isSeparate: true),
        contrast: 0,
        of: groups,
        bootstrap: bootstrap
      )
    )
    let test = try welchTest(
      Array(values[..<9]),
      Array(values[9...]),
      bootstrap: bootstrap
    )
    #expect(abs(found.value - test.hedgesG) < 1e-9)
    #expect(abs(found.interval.lower - test.hedgesGInterval.lower) < 1e-9)
    #expect(abs(found.interval.upper - test.hedgesGInterval.upper) < 1e-9)
    #expect(found.kind == .unequalDifference && found.method == "bootstrap")
  }

  // Refitting without each participant is the definition.
  @Test("The effect without each participant in turn, the region's n, and its exclusions")
  func regions() throws {
    let score = (0..<20).map { Double($0 * 7 % 13) }
    var table = [values, values.map { -$0 }, values]
    table[1][4] = .nan
    for participant in 0..<9 { table[2][participant] = .nan }
    var permutation = PermutationRequest(count: 500, seed: 2)
    permutation.rule = PresenceRule(minimumCount: 8, minimumShare: 0.5)
    let found = try regionInference(
      RegionInferenceRequest(
        values: table,
        model: try model([score]),
        question: groups,
        permutation: permutation,
        bootstrap: BootstrapRequest(resampleCount: 200)
      )
    )
    let first = try #require(found.regions[0])
    let second = try #require(found.regions[1])
    #expect(found.regions[2] == nil)
    #expect(first.participants.count == 20 && second.participants.count == 19)
    let effects = try (0..<20).map { left in
      let rows = (0..<20).filter { $0 != left }
      let full = try model([score])
      let rest = try GroupModel(
        design: full.design.keeping(rows: rows),
        contrasts: full.contrasts
      )
      return leastSquares(GroupMaps(rows.map { [Float(values[$0])] }), rest).estimates[0].effect[0]
    }
    #expect(abs(first.withoutOne.lower - (effects.min() ?? .nan)) < 1e-6)
    #expect(abs(first.withoutOne.upper - (effects.max() ?? .nan)) < 1e-6)
    #expect(first.interval.lower < first.effect && first.effect < first.interval.upper)
    let family = try #require(first.familyInterval)
    #expect(family.lower < first.interval.lower && family.upper > first.interval.upper)
    let p = try #require(first.familyP)
    #expect(p >= first.p * 0.5 && p <= 1)
    #expect(first.detectable > 1 && first.detectable < 3)
    #expect(first.standardised?.method == "bootstrap")
  }
}
