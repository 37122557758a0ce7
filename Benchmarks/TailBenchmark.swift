import Statistics

/// How long the p and the z of a voxel take, one core.
///
/// The values are normal with three times the usual spread, as in a run with wide activation.
enum TailBenchmark: BenchmarkGroup {
  static let name = "tails"
  static let note = "p and z of 75,000 values; CPU time of one core, the least of nine rounds"

  private static let count = 75_000

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    var numbers = SeededGenerator(seed: 1)
    let t = (0..<count).map { _ in 3 * numbers.normal() }
    let (tables, distribution) = Usage.measure {
      (0..<100).map { StudentT(degreesOfFreedom: 215 + Double($0)) }[0]
    }
    let f = FDistribution(numerator: 2, denominator: 215)
    return [
      row("t", nanoseconds(t, distribution.pAndZ)),
      row("f", nanoseconds(t.map { $0 * $0 }, f.pAndZ)),
      row(
        "t.single",
        nanoseconds(t) {
          (twoSidedP(t: $0, degreesOfFreedom: 215), z(t: $0, degreesOfFreedom: 215))
        }
      ),
      BenchmarkRow(name: "\(name).table.us", value: 1e6 * tables.cpu / 100, unit: "us"),
    ]
  }

  private static func row(_ what: String, _ value: Double) -> BenchmarkRow {
    BenchmarkRow(name: "\(name).\(what).ns_per_value", value: value, unit: "ns")
  }

  /// The least CPU time per value, in ns.
  private static func nanoseconds(
    _ values: [Double],
    _ work: (Double) -> (p: Double, z: Double)
  ) -> Double {
    let rounds = (0..<9).map { _ in
      let (usage, sum) = Usage.measure {
        values.reduce(0) {
          let (p, z) = work($1)
          return $0 + p + z
        }
      }
      precondition(sum.isFinite, "every value has a p")
      return usage
    }
    return 1e9 * Usage(of: rounds).cpu / Double(values.count)
  }
}
