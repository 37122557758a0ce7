import Statistics
import TestData
import Testing

@Suite("Benjamini-Hochberg")
struct BenjaminiHochbergTests {
  // Case 23 takes one-sided p of z and gives the last accepted z (minus 1e-12) as threshold; only p
  // equal to the limit would tell its strict rule from ours.
  @Test("Thresholds agree with a peer's", .enabled(if: SharedData.isPresent))
  func peer() throws {
    let expected = try ReferenceTable("23_thresholds/expected.tsv")
    let inputs = [
      "fdr_threshold": try ReferenceTable("23_thresholds/z.tsv")["z"],
      "z_nilearn_test fdr": try ReferenceTable("23_thresholds/z_nilearn_test.tsv")["z"],
    ]
    var compared = 0
    for row in expected.rows {
      guard let z = inputs[row["what"] ?? ""], let level = Double(row["alpha"] ?? "") else {
        continue
      }
      let result = benjaminiHochberg(z.map { standardNormalCDF(-$0) }, level: level)
      let accepted = zip(z, result.accepted).filter(\.1).map(\.0)
      let threshold = Double(row["threshold"] ?? "") ?? .nan
      #expect(abs((accepted.min() ?? .infinity) - threshold) < 1e-9 || accepted.isEmpty)
      #expect(accepted.isEmpty == (threshold == .infinity))
      compared += 1
    }
    #expect(compared == 7)
  }

  // The last rows of case 23: |z| against half the level, which is our two-sided p.
  @Test("Two-sided thresholds agree with a peer's", .enabled(if: SharedData.isPresent))
  func twoSided() throws {
    let z = try ReferenceTable("23_thresholds/z.tsv")["z"]
    let result = benjaminiHochberg(z.map { twoSidedP(z: $0) }, level: 0.05)
    let threshold = zip(z, result.accepted).filter(\.1).map { abs($0.0) }.min() ?? .infinity
    let expected = try Self.thresholds["threshold_stats_img fdr two_sided=True", default: [:]][0.05]
    #expect(abs(threshold - (expected ?? .nan)) < 1e-9)
  }

  @Test(
    "Uncorrected and Bonferroni thresholds are normal quantiles",
    .enabled(if: SharedData.isPresent)
  )
  func quantiles() throws {
    let count = Double(try ReferenceTable("23_thresholds/z.tsv").rows.count)
    let divisors = [
      "bonferroni_one_sided": count, "bonferroni_two_sided": 2 * count,
      "threshold_stats_img fpr two_sided=False": 1, "threshold_stats_img fpr two_sided=True": 2,
      "threshold_stats_img bonferroni two_sided=False": count,
      "threshold_stats_img bonferroni two_sided=True": 2 * count,
    ]
    var compared = 0
    for (what, divisor) in divisors {
      for (level, threshold) in try Self.thresholds[what, default: [:]] {
        #expect(abs(-standardNormalQuantile(level / divisor) - threshold) < 1e-9)
        compared += 1
      }
    }
    #expect(compared == 8)
  }

  /// The expected thresholds by what they are of and their level.
  private static var thresholds: [String: [Double: Double]] {
    get throws {
      var found: [String: [Double: Double]] = [:]
      for row in try ReferenceTable("23_thresholds/expected.tsv").rows {
        let level = Double(row["alpha"] ?? "") ?? .nan
        found[row["what"] ?? "", default: [:]][level] = Double(row["threshold"] ?? "")
      }
      return found
    }
  }

  // The 15 p values of Benjamini & Hochberg (1995), section 4: four are significant at .05.
  @Test("The paper's own example rejects its four hypotheses")
  func paper() {
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.0,
    ]
    let result = benjaminiHochberg(p, level: 0.05)
    #expect(result.threshold == 0.0095)
    #expect(result.accepted.count { $0 } == 4)
  }

  @Test("NaN is neither counted nor accepted")
  func missing() {
    let result = benjaminiHochberg([.nan, 0.04, .nan, .nan], level: 0.05)
    #expect(result == benjaminiHochberg([.nan, 0.04, .nan, .nan], level: 0.04))
    #expect(result.accepted == [false, true, false, false])
    #expect(result.testCount == 1)
    #expect(benjaminiHochberg([.nan], level: 0.05).threshold == nil)
    #expect(benjaminiHochberg([], level: 0.05).accepted.isEmpty)
  }

  @Test("A later p under its limit carries the earlier ones with it")
  func stepUp() {
    #expect(benjaminiHochberg([0.03, 0.04, 0.05], level: 0.05).accepted == [true, true, true])
    #expect(benjaminiHochberg([0.03, 0.04, 0.051], level: 0.05).accepted == [false, false, false])
  }
}
