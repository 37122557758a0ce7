import Algebra
import Statistics
import TestData
import Testing

/// Expected values by numpy and scipy: the restricted likelihood minimised by Nelder-Mead to 1e-14,
/// weighted least squares by dense matrices, Tukey's weights iterated to 1e-13.
@Suite("Mixed effects and robust fits")
struct IteratedFitTests {
  private let y = [0.2, -0.32, 0.75, 1.42, 2.14, 1.11, 0.45, 0.22, 1.75, 2.63, 1.27, -0.23]
  private let s2 = [0.77, 1.47, 1.37, 1.3, 0.71, 0.84, 1.08, 0.28, 0.92, 0.55, 1.34, 0.28]
  private let side = (0..<12).map { $0 / 6 }
  private let rule = PresenceRule(minimumCount: 3, minimumShare: 0)
  private let exact = IterationLimit(steps: 200, tolerance: 1e-12)

  private var groups: Matrix {
    Matrix(
      columns: [side.map { $0 == 0 ? 1 : 0 }, side.map { $0 == 1 ? 1 : 0 }],
      rowCount: 12
    )
  }

  private func maps(_ values: [Double]) -> GroupMaps { GroupMaps(values.map { [Float($0)] }) }

  private func mean() throws -> GroupModel {
    try GroupModel(
      design: Matrix(columns: [[Double](repeating: 1, count: 12)], rowCount: 12),
      contrasts: [GroupContrast(name: "mean", weights: [1])]
    )
  }

  @Test(
    "The variance between participants and the effect of one group",
    arguments: [
      (BetweenVariance.restricted, 0.44131999250817483, 0.9012896030424501, 0.08199310840325463),
      (.likelihood, 0.36445707444945713, 0.8927341197850026, 0.08252971808559545),
    ]
  )
  func oneGroup(method: BetweenVariance, between: Double, effect: Double, variance: Double) throws {
    let fit = try mixedEffects(
      maps(y),
      variances: maps(s2),
      try mean(),
      method: method,
      iteration: exact,
      rule: rule
    )
    let error = fit.estimates[0].standardError[0]
    // The data are float32: 6e-8 of a value of 2, times the condition of each quantity, under 30.
    #expect(abs(fit.spreads[0][0] - between) < 4e-6)
    #expect(abs(fit.estimates[0].effect[0] - effect) < 1e-6)
    #expect(abs(error * error - variance) < 1e-6)
    #expect(fit.estimates[0].degreesOfFreedom[0] == 11)
    #expect(fit.hasConverged == [true] && fit.unconvergedCount == 0)
  }

  @Test("Two groups with one variance between participants, or with one each")
  func twoGroups() throws {
    let contrast = [GroupContrast(name: "difference", weights: [1, -1])]
    let one = try mixedEffects(
      maps(y),
      variances: maps(s2),
      try GroupModel(design: groups, contrasts: contrast),
      iteration: exact,
      rule: rule
    )
    #expect(abs(one.spreads[0][0] - 0.5172387129192768) < 4e-6)
    #expect(abs(one.estimates[0].effect[0] - 0.08119195811018687) < 1e-6)
    #expect(abs(one.estimates[0].standardError[0] - 0.3663610409209923.squareRoot()) < 1e-6)
    #expect(one.estimates[0].degreesOfFreedom[0] == 10)

    let each = try mixedEffects(
      maps(y),
      variances: maps(s2),
      try GroupModel(design: groups, contrasts: contrast, varianceGroups: side),
      iteration: exact,
      rule: rule
    )
    #expect(each.spreads[0][0] < 1e-9)
    #expect(abs(each.spreads[1][0] - 0.8138326028920375) < 4e-6)
    #expect(abs(each.estimates[0].effect[0] - 0.08092959148870804) < 1e-6)
    #expect(abs(each.estimates[0].standardError[0] - 0.34467890588615285.squareRoot()) < 1e-6)
    #expect(abs(each.estimates[0].degreesOfFreedom[0] - 9.50536370339164) < 1e-4)
  }

  // With the same known variance for everybody the weights are equal, and Knapp and Hartung's error
  // is that of the t test.
  @Test("Equal first-level variances give the t test")
  func equalVariances() throws {
    let fit = try mixedEffects(
      maps(y),
      variances: maps([Double](repeating: 0.1, count: 12)),
      try mean(),
      rule: rule
    )
    let test = try oneSampleTest(y, bootstrap: BootstrapRequest(resampleCount: 100))
    #expect(abs(fit.estimates[0].statistic[0] - test.t) < 1e-5)
    #expect(fit.estimates[0].degreesOfFreedom[0] == 11)
  }

  @Test("An iteration that is cut short says so")
  func bounded() throws {
    let fit = try mixedEffects(
      maps(y),
      variances: maps(s2),
      try mean(),
      iteration: IterationLimit(steps: 1, tolerance: 1e-12),
      rule: rule
    )
    #expect(fit.hasConverged == [false] && fit.unconvergedCount == 1 && fit.steps == [1])
  }

  @Test("Participants without a value or a variance take no part, voxel by voxel")
  func missing() throws {
    var (effects, variances) = (y, s2)
    effects[3] = .nan
    variances[8] = 0
    let rows = (0..<12).filter { $0 != 3 && $0 != 8 }
    let found = try mixedEffects(maps(effects), variances: maps(variances), try mean(), rule: rule)
    let rest = try GroupModel(
      design: Matrix(columns: [[Double](repeating: 1, count: 10)], rowCount: 10),
      contrasts: [GroupContrast(name: "mean", weights: [1])]
    )
    let expected = try mixedEffects(
      maps(rows.map { y[$0] }),
      variances: maps(rows.map { s2[$0] }),
      rest,
      rule: rule
    )
    #expect(found.counts == [10])
    #expect(abs(found.estimates[0].effect[0] - expected.estimates[0].effect[0]) < 1e-9)
    #expect(found.estimates[0].degreesOfFreedom == [9])
  }

  @Test("An outlier barely moves a robust mean or slope")
  func robust() throws {
    var outlying = y
    outlying[3] = 15
    let one = try robustFit(maps(outlying), try mean(), iteration: exact, rule: rule)
    #expect(abs(one.estimates[0].effect[0] - 0.8812151390916615) < 1e-6)
    #expect(abs(one.estimates[0].standardError[0] - 0.09796288790018723.squareRoot()) < 1e-6)
    #expect(abs(one.spreads[0][0] - 1.1490167193418415) < 1e-6)
    #expect(one.hasConverged == [true])
    let line = try GroupModel(
      design: Matrix(
        columns: [[Double](repeating: 1, count: 12), (0..<12).map { Double($0) - 5.5 }],
        rowCount: 12
      ),
      contrasts: [GroupContrast(name: "slope", weights: [0, 1])]
    )
    let slope = try robustFit(maps(outlying), line, iteration: exact, rule: rule)
    #expect(abs(slope.estimates[0].effect[0] - 0.08168520402480882) < 1e-6)
    #expect(abs(slope.estimates[0].standardError[0] - 0.008314831397955845.squareRoot()) < 1e-6)
    #expect(abs(slope.spreads[0][0] - 1.0736373648036535) < 1e-6)
    #expect(slope.estimates[0].degreesOfFreedom == [10])
  }
}
