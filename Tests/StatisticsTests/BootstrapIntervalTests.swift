import Statistics
import Testing

@Suite("Bias-corrected bootstrap")
struct BootstrapIntervalTests {
  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test("The same seed gives the same interval, another seed another")
  func seed() throws {
    let groups = [[1.0, 2, 4, 8, 16, 32], [3, 1, 4, 1, 5]]
    let ends = try [7, 7, 8].map { seed in
      try biasCorrectedInterval(of: groups, BootstrapRequest(resampleCount: 500, seed: seed)) {
        mean($0[0]) - mean($0[1])
      }
    }
    #expect(ends[0] == ends[1])
    #expect(ends[0] != ends[2])
  }

  // The mean of n values resampled is about normal with variance Σ(x - mean)²/n², so the 95 % ends
  // lie 1.96 of its root away; 40000 resamples put an end within .02 of that (Monte Carlo error of
  // a .025 quantile is .0065 SD, skewness of a symmetric sample is 0).
  @Test("The interval of a mean of many values is the normal one")
  func normal() throws {
    let values = (0..<101).map { Double($0) - 50 }
    let spread = (values.reduce(0) { $0 + $1 * $1 }).squareRoot() / 101
    let request = BootstrapRequest(resampleCount: 40_000, seed: 3)
    let interval = try biasCorrectedInterval(of: [values], request) { mean($0[0]) }
    #expect(abs(interval.upper / spread - 1.96) < 0.04)
    #expect(abs(interval.lower / spread + 1.96) < 0.04)
  }

  @Test("A group is drawn from itself, never from another")
  func withinGroup() throws {
    let request = BootstrapRequest(resampleCount: 200)
    _ = try biasCorrectedInterval(of: [[1, 2, 3], [10, 20]], request) { groups in
      #expect(groups[0].allSatisfy { $0 < 4 } && groups[1].allSatisfy { $0 > 4 })
      #expect(groups.map(\.count) == [3, 2])
      return groups[0][0]
    }
  }

  @Test("A request that gives no interval is refused")
  func refusal() {
    #expect(throws: StatisticsError.noResamples) {
      try biasCorrectedInterval(of: [[1, 2]], BootstrapRequest(resampleCount: 3)) { _ in 0 }
    }
    #expect(throws: StatisticsError.tooFewValues(found: 0, needed: 1)) {
      try biasCorrectedInterval(of: [[]], BootstrapRequest()) { _ in 0 }
    }
  }
}
