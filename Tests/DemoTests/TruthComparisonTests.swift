import Demo
import Statistics
import Testing

@Suite("Comparison with the truth")
struct TruthComparisonTests {
  /// Two groups of three in two regions; effects 1 to 12 tenths of a percent.
  private let truth = (0..<12).map { (i: Int) -> TrueEffect in
    TrueEffect(
      participant: "\(i % 6)",
      group: i % 6 < 3 ? "FM" : "HC",
      region: i < 6 ? "a" : "b",
      contrast: "heat",
      effect: Double(i + 1) / 10
    )
  }

  private func estimates(_ change: (Double) -> Double, error: Double) -> [EstimatedEffect] {
    truth.map {
      EstimatedEffect(
        participant: $0.participant,
        region: $0.region,
        contrast: $0.contrast,
        effect: change($0.effect),
        standardError: error,
        degreesOfFreedom: 1000
      )
    }
  }

  @Test("A line of estimates gives its slope, and its distance as errors")
  func line() throws {
    let estimates = estimates({ 0.9 * $0 + 0.2 }, error: 0.05)
    let result = try #require(compareWithTruth(estimates, truth: truth).first)
    #expect(result.count == 12 && result.contrast == "heat")
    #expect(abs(result.slope - 0.9) < 1e-12)
    #expect(abs(result.correlation - 1) < 1e-12)
    // The mean truth is 0.65, so the mean error 0.2 - 0.065; the variance of 1...12 is 143 / 12.
    #expect(abs(result.meanError - 0.135) < 1e-12)
    let squared = 0.135 * 0.135 + 0.01 * 0.01 * 143 / 12
    #expect(abs(result.rootMeanSquareError - squared.squareRoot()) < 1e-12)
    // 1.9623 × 0.05 = 0.0981 (Student's t of 1000 degrees): the errors 0.2 - truth / 10 within it
    // are those of the truths above 1.019.
    #expect(abs(result.coverage - 2.0 / 12) < 1e-12)
  }

  @Test("Group differences are compared with the difference of the true means")
  func groups() throws {
    let estimates = estimates({ $0 + 0.05 }, error: 1)
    let result = try #require(compareWithTruth(estimates, truth: truth).first)
    #expect(result.groupDifferences.map(\.region) == ["a", "b"])
    let first = try #require(result.groupDifferences.first)
    #expect(first.groups == ["FM", "HC"])
    #expect(abs(first.truth + 0.3) < 1e-12 && abs(first.estimate + 0.3) < 1e-12)
    // Both variances are 0.01, so t has 4 degrees: ± 2.776445 × sqrt(0.02 / 3).
    let upper = -0.3 + 2.776445 * (0.02 / 3).squareRoot()
    #expect(abs(first.interval.upper - upper) < 1e-6)
  }

  @Test("Estimates without a truth and without a number are left out")
  func unknown() {
    var estimates = estimates({ $0 }, error: 1)
    estimates[0].effect = .nan
    estimates[1].region = "elsewhere"
    estimates[2].degreesOfFreedom = 0
    #expect(compareWithTruth(estimates, truth: truth).first?.count == 9)
    #expect(compareWithTruth([], truth: truth).isEmpty)
  }
}
