import Algebra
import Design
import GLM
import GLMKernel
import TestData
import Testing

/// Tables of nilearn 0.14.1 on small problems; each is written with 12 digits.
@Suite("Reference cases of a peer", .enabled(if: SharedData.isPresent))
struct ReferenceCaseTests {
  private static let high = [1.0, 0, 0, 0, 0, 0, 0, 0]
  private static let difference = [1.0, -1, 0, 0, 0, 0, 0, 0]
  private static let low = [0, 1.0, 0, 0, 0, 0, 0, 0]

  @Test("Case 12: coefficients, t and F are those of R's lm")
  func linearModelOfR() throws {
    let x = try ReferenceTable("12_ols_R_golden/X.tsv").matrix
    let y = try ReferenceTable("12_ols_R_golden/y.tsv")["y"]
    let expected = try ReferenceTable("12_ols_R_golden/expected.tsv")
    let found = try fitAlone(
      x,
      y,
      [
        question("slope", [1, 0]), question("constant", [0, 1]), question("all", [1, 0], [0, 1]),
      ]
    )
    for index in 0..<2 {
      #expect(close(found[index].effect, expected["coef"][index], 1e-10))
      #expect(close(found[index].statistic, expected["t"][index], 1e-10))
    }
    #expect(close(found[2].statistic, expected["F_all"][0], 1e-10))
    #expect(found[2].numeratorDegreesOfFreedom == 2)
    #expect(found[0].degreesOfFreedom == 8)
  }

  @Test("Case 13: least squares, with p restated as two-sided")
  func leastSquares() throws {
    let x = try ReferenceTable("13_ols_stats/design.tsv").matrix
    let data = try ReferenceTable("13_ols_stats/data.tsv").matrix
    let expected = try ReferenceTable("13_ols_stats/stats.tsv")
    let estimates = try ReferenceTable("13_ols_stats/beta.tsv").matrix
    let variances = try ReferenceTable("13_ols_stats/sigma2.tsv")["sigma2"]
    let plain = try KernelDesign(x, kept: Array(0..<x.rowCount), contrasts: [])
    for voxel in 0..<data.columnCount {
      let found = try fitAlone(
        x,
        data.column(voxel),
        [
          question("heat_high", Self.high), question("high_minus_low", Self.difference),
          question("F_effects", Self.high, Self.low),
        ]
      )
      for estimate in found.prefix(2) {
        let name = estimate.contrast.name
        let variance = estimate.standardError * estimate.standardError
        #expect(close(estimate.effect, expected["\(name)_effect"][voxel], 1e-8))
        #expect(close(variance, expected["\(name)_variance"][voxel], 1e-8))
        #expect(close(estimate.statistic, expected["\(name)_t"][voxel], 1e-8))
        #expect(close(estimate.z, expected["\(name)_z"][voxel], 1e-8))
        let oneSided = expected["\(name)_p"][voxel]
        #expect(abs(estimate.p - 2 * min(oneSided, 1 - oneSided)) < 1e-8)
      }
      #expect(close(found[2].statistic, expected["F_effects_stat"][voxel], 1e-8))
      #expect(abs(found[2].p - expected["F_effects_p"][voxel]) < 1e-8)
      let beta = RankRevealingQR(x).coefficients(of: data.column(voxel))
      for (column, own) in beta.enumerated() {
        #expect(close(own, estimates[column, voxel], 1e-8))
      }
      let variance = ReferenceKernel().fit(data.column(voxel), design: plain, noise: .white)[0]
      #expect(close(variance, variances[voxel], 1e-8))
    }
  }

  @Test("Case 16: a redundant column, with the variance restated over kept rows less rank")
  func rankDeficient() throws {
    let x = try ReferenceTable("16_rank_deficient/X.tsv").matrix
    let data = try ReferenceTable("16_rank_deficient/data.tsv").matrix
    let expected = try ReferenceTable("16_rank_deficient/expected.tsv")
    let rating = question("rating", [0, 0, 1, 0, 0, 0, 0, 0, 0])
    // The peer divides by 100 rows less 9 columns, we by 100 less rank 8.
    let restated = (91.0 / 92).squareRoot()
    for voxel in 0..<data.columnCount {
      let found = try fitAlone(x, data.column(voxel), [rating])[0]
      #expect(close(found.effect, expected["effect"][voxel], 1e-6))
      #expect(close(found.standardError, expected["sd"][voxel] * restated, 1e-6))
      #expect(close(found.statistic, expected["t"][voxel] / restated, 1e-6))
      #expect(found.degreesOfFreedom == 92)
    }
    #expect(
      throws: GLMError.contrastNotEstimable(contrast: "high", redundantColumns: ["column8"])
    ) {
      _ = try fitAlone(x, data.column(0), [question("high", [1, 0, 0, 0, 0, 0, 0, 0, 0])])
    }
  }

  @Test("Case 17: three runs combined by precision")
  func fixedEffectsOverRuns() throws {
    let expected = try ReferenceTable("17_fixed_effects/expected.tsv")
    for voxel in 0..<expected.matrix.rowCount {
      let runs = try (1...3).map { run in
        let x = try ReferenceTable("17_fixed_effects/run\(run)_X.tsv").matrix
        let y = try ReferenceTable("17_fixed_effects/run\(run)_Y.tsv").matrix
        return try fitAlone(x, y.column(voxel), [question("difference", [1, -1, 0, 0])])[0]
      }
      let found = try fixedEffects(runs)
      #expect(close(found.effect, expected["pw_effect"][voxel], 1e-8))
      let variance = found.standardError * found.standardError
      #expect(close(variance, expected["pw_variance"][voxel], 1e-8))
      #expect(close(found.statistic, expected["pw_t"][voxel], 1e-8))
      #expect(close(found.z, expected["pw_z"][voxel], 1e-7))
      #expect(found.degreesOfFreedom == 138)
    }
  }
}
