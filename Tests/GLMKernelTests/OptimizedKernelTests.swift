import Algebra
import CInstructionSet
import GLMKernel
import Glibc
import TestData
import Testing

/// The optimized kernel against the reference kernel, by the largest difference over all lanes.
@Suite("The optimized kernel and the reference")
struct OptimizedKernelTests {
  struct Shape: CustomTestStringConvertible {
    let volumes: Int
    let columns: Int
    var kept: [Int]?
    var runStarts = [0]
    var lags = 6

    /// Whether the second column is the sum of the next two.
    var isDeficient = false

    var testDescription: String {
      "\(volumes) volumes, \(columns) columns, \(runStarts.count) runs"
        + (kept.map { ", \($0.count) kept" } ?? "") + (isDeficient ? ", one of them a sum" : "")
    }

    func design() throws -> KernelDesign {
      var matrix = runLikeDesign(volumes: volumes, columns: columns)
      if isDeficient {
        // In the place of a column that no contrast asks for.
        for row in 0..<volumes { matrix[row, 1] = matrix[row, 2] + matrix[row, 3] }
      }
      let weights = { (rows: [[Double]]) in
        Matrix(rowCount: rows.count, columnCount: columns, elements: rows.flatMap { $0 })
      }
      let last = only(columns - 1, of: columns)
      return try KernelDesign(
        matrix,
        kept: kept ?? Array(0..<volumes),
        runStarts: runStarts,
        contrasts: [
          KernelContrast(kind: .t, weights: weights([only(0, of: columns)])),
          KernelContrast(
            kind: .t,
            weights: weights([zip(only(0, of: columns), last).map { $0 - 0.5 * $1 }])
          ),
          KernelContrast(
            kind: .f,
            weights: weights(columns > 1 ? [only(0, of: columns), last] : [last])
          ),
        ],
        maximumLag: lags
      )
    }
  }

  static let shapes = [
    Shape(volumes: 240, columns: 24),
    Shape(volumes: 97, columns: 13),
    Shape(volumes: 31, columns: 1),
    Shape(volumes: 67, columns: 37),
    Shape(volumes: 20, columns: 14),
    Shape(volumes: 240, columns: 11, kept: (0..<240).filter { $0 * 7 % 10 != 3 && $0 / 5 != 20 }),
    Shape(volumes: 101, columns: 7, runStarts: [0, 50]),
    Shape(
      volumes: 101,
      columns: 12,
      kept: (3..<99).filter { $0 % 13 != 5 },
      runStarts: [0, 37, 61]
    ),
    Shape(volumes: 40, columns: 5, kept: Array(4..<37), lags: 0),
    Shape(volumes: 120, columns: 13, isDeficient: true),
    Shape(volumes: 120, columns: 13, kept: (0..<120).filter { $0 % 9 != 2 }, isDeficient: true),
  ]

  /// Series with a mean of 900, memory and drift; some lanes constant, zero or not finite.
  private static func series(_ volumes: Int) -> [Float] {
    var numbers = NormalNumbers(seed: UInt64(volumes))
    var series = (0..<16).map { lane in
      numbers.memory(0.06 * Double(lane), count: volumes).enumerated().map { t, noise in
        900 + 9 * noise + 0.1 * Double(t)
      }
    }
    series[3] = [Double](repeating: 812.4, count: volumes)
    series[4] = [Double](repeating: 0, count: volumes)
    series[5][volumes / 2] = .nan
    series[6][volumes / 2] = .infinity
    return strip(series)
  }

  /// Noise of every kind, one kind or a mixture over the lanes.
  private static let noises: [[Double]] = [
    sixteen(.white),
    (0..<16).map { -0.5 + 0.098 * Double($0) } + [Double](repeating: 1, count: 16),
    (0..<16).map { 0.06 * Double($0) } + (0..<16).map { Double($0) / 15 },
  ]

  /// The largest difference in t and in root F, of 1 or of the value where that is more.
  private func worst(
    _ a: [Double],
    _ b: [Double],
    _ design: KernelDesign
  ) -> (t: Double, relative: Double) {
    var (t, relative) = (0.0, 0.0)
    for lane in 0..<16 where ![3, 4, 5, 6].contains(lane) {
      let number = { (values: [Double], row: Int) in values[row * 16 + lane] }
      relative = max(relative, abs(number(a, 0) / number(b, 0) - 1))
      for contrast in design.contrasts {
        let statistic = { (values: [Double]) in
          contrast.kind == .t
            ? number(values, contrast.firstResult)
              / number(values, contrast.firstResult + 1).squareRoot()
            : number(values, contrast.firstResult).squareRoot()
        }
        let (found, expected) = (statistic(a), statistic(b))
        t = max(t, abs(found - expected) / max(1, abs(expected)))
        if contrast.kind == .f {
          for row in contrast.firstResult + 3..<contrast.firstResult + contrast.resultCount
          where contrast.rows.rowCount == 2 && row != contrast.firstResult + 4 {
            relative = max(relative, abs(number(a, row) / number(b, row) - 1))
          }
        }
      }
    }
    return (t, relative)
  }

  @Test("Every fit agrees to the precision of its arithmetic", arguments: shapes)
  func fits(shape: Shape) throws {
    let design = try shape.design()
    let values = Self.series(shape.volumes)
    for noise in Self.noises {
      var expected = [Double](repeating: 0, count: design.resultCount * 16)
      ReferenceKernel().fit(values, design: design, noise: noise, into: &expected)
      for (kernel, bound) in [
        (OptimizedKernel(.float64), 1e-9), (OptimizedKernel(.float32), 5e-4),
      ] {
        var found = [Double](repeating: 0, count: design.resultCount * 16)
        kernel.fit(values, design: design, noise: noise, into: &found)
        let difference = worst(found, expected, design)
        #expect(difference.t < bound)
        #expect(difference.relative < bound)
        for lane in 3...6 {
          for row in 0..<design.resultCount { #expect(found[row * 16 + lane].isNaN) }
        }
      }
    }
  }

  @Test("Autocovariances and sums of squares agree", arguments: shapes)
  func autocovariances(shape: Shape) throws {
    let design = try shape.design()
    let values = Self.series(shape.volumes)
    var expected = [Double](repeating: 0, count: design.sumCount * 16)
    ReferenceKernel().autocovariances(values, design: design, into: &expected)
    for (kernel, bound) in [
      (OptimizedKernel(.float64), 1e-11), (OptimizedKernel(.float32), 2e-5),
    ] {
      var found = [Double](repeating: 0, count: design.sumCount * 16)
      kernel.autocovariances(values, design: design, into: &found)
      for lane in 0..<16 {
        let isUsable = !(3...6).contains(lane)
        for row in design.lagPairs.indices {
          let (a, b) = (found[row * 16 + lane], expected[row * 16 + lane])
          #expect(a.isFinite == isUsable)
          if isUsable { #expect(abs(a - b) < bound * expected[lane]) }
        }
        guard isUsable else { continue }
        let row = design.lagPairs.count * 16 + lane
        #expect(abs(found[row] / expected[row] - 1) < bound)
      }
    }
  }

  @Test("A summary holds all that first-order noise needs", arguments: [0, 0.3, 0.9])
  func summaries(memory: Double) throws {
    let design = try Self.shapes[0].design()
    let values = Self.series(240)
    for precision in [OptimizedKernel.Precision.float32, .float64] {
      let kernel = OptimizedKernel(precision)
      let scratch = KernelScratch(for: design)
      let noise = sixteen(.firstOrder(memory))
      var sums = [Double](repeating: 0, count: design.sumCount * 16)
      var summary = [UInt8](repeating: 0, count: kernel.summaryBytes(design))
      var found = [Double](repeating: 0, count: design.resultCount * 16)
      summary.withUnsafeMutableBytes { summary in
        guard let base = summary.baseAddress else { return }
        kernel.estimate(values, design: design, scratch: scratch, into: &sums, summary: base)
        kernel.fit(summary: base, design: design, memory: noise, scratch: scratch, into: &found)
      }
      var expected = [Double](repeating: 0, count: design.resultCount * 16)
      ReferenceKernel().fit(values, design: design, noise: noise, into: &expected)
      #expect(worst(found, expected, design).t < (precision == .float32 ? 5e-4 : 1e-9))
    }
  }

  @Test("Witnesses are residuals as shares of the root of their sum of squares")
  func witnesses() throws {
    // Every kept row as a witness: their squares sum to 1, and they are orthogonal to the design.
    let design = try Self.shapes[1].design()
    let rows = (0..<97).map { Int32($0) }
    var sums = [Double](repeating: 0, count: design.sumCount * 16)
    var shares = [Float](repeating: 0, count: 97 * 16)
    shares.withUnsafeMutableBufferPointer { shares in
      guard let base = shares.baseAddress else { return }
      OptimizedKernel(.float64).estimate(
        Self.series(97),
        design: design,
        scratch: KernelScratch(for: design),
        into: &sums,
        witnesses: (rows, base)
      )
    }
    for lane in [0, 7, 15] {
      let share = (0..<97).map { Double(shares[$0 * 16 + lane]) }
      #expect(abs(share.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
      for j in 0..<design.rank {
        #expect(abs((0..<97).reduce(0) { $0 + share[$1] * design.basis[$1, j] }) < 1e-6)
      }
    }
  }

  @Test("A voxel that the design explains but for a trace keeps its digits")
  func nearlyExplained() throws {
    // Noise of 1e-3 of the fitted part: float32 data hold it to 4 digits, and so do the residuals.
    let design = try Self.shapes[1].design()
    var numbers = NormalNumbers(seed: 9)
    let signal = runLikeDesign(volumes: 97, columns: 13).column(2)
    let values = strip(
      (0..<16).map { _ in signal.map { 300 * $0 + 0.1 * numbers.next() } }
    )
    var expected = [Double](repeating: 0, count: design.resultCount * 16)
    ReferenceKernel().fit(values, design: design, noise: sixteen(.white), into: &expected)
    var found = [Double](repeating: 0, count: design.resultCount * 16)
    OptimizedKernel(.float32).fit(values, design: design, noise: sixteen(.white), into: &found)
    for lane in 0..<16 { #expect(abs(found[lane] / expected[lane] - 1) < 1e-3) }
  }

  @Test("AVX2 and AVX-512 give the same bits, and the baseline nearly", arguments: shapes)
  func levels(shape: Shape) throws {
    let design = try shape.design()
    let values = Self.series(shape.volumes)
    for precision in [OptimizedKernel.Precision.float32, .float64] {
      let results = [CIS_V4, CIS_V3, CIS_BASELINE].map { level -> [Double]? in
        guard let kernel = OptimizedKernel(precision, at: level) else { return nil }
        var all: [Double] = []
        for noise in Self.noises {
          var found = [Double](repeating: 0, count: design.resultCount * 16)
          kernel.fit(values, design: design, noise: noise, into: &found)
          all += found
        }
        return all
      }
      if let wide = results[0], let narrow = results[1] {
        #expect(wide.map(\.bitPattern) == narrow.map(\.bitPattern))
      }
      let baseline = try #require(results[2])
      guard let narrow = results[1] else { continue }
      let size = design.resultCount * 16
      let bound = precision == .float32 ? 5e-4 : 1e-9
      for start in stride(from: 0, to: baseline.count, by: size) {
        let (a, b) = (Array(baseline[start..<start + size]), Array(narrow[start..<start + size]))
        #expect(worst(a, b, design).t < bound)
      }
    }
  }
}
