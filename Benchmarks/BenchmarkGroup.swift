/// A set of measurements that belong together; each group is one file.
protocol BenchmarkGroup {
  /// The word that chooses it on the command line, and the first part of its rows' names.
  static var name: String { get }

  /// How its figures are taken, in one line for the reader.
  static var note: String { get }

  /// Measures.
  ///
  /// - Parameter setting: The programs that are measured.
  /// - Returns: One row per quantity.
  /// - Throws: What kept it from measuring.
  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow]
}

/// Every group, in the order in which they run.
///
/// A new group is its own file and its name here.
var groups: [any BenchmarkGroup.Type] {
  [
    MotionBenchmark.self, RunBenchmark.self, GLMBenchmark.self, IndexBenchmark.self,
    CheckBenchmark.self, TailBenchmark.self, CohortBenchmark.self,
  ]
}

/// Returns the median time of several rounds of some work, in s of wall time.
///
/// - Parameters:
///   - rounds: How often the work is done, after once without measuring.
///   - work: What is measured.
/// - Returns: The median, in s.
/// - Throws: What the work throws.
func medianSeconds(rounds: Int = 5, of work: () throws -> Void) rethrows -> Double {
  try work()
  var times: [Double] = []
  for _ in 0..<rounds {
    let elapsed = try ContinuousClock().measure { try work() }
    times.append(elapsed / .seconds(1))
  }
  return times.sorted()[times.count / 2]
}
