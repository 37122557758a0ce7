import Algebra
import GLMKernel
import TestData
import Testing

@Suite("Shapes at the edge of the reference kernel")
struct ShapeTests {
  private static func constantDesign(_ volumes: Int) throws -> KernelDesign {
    try KernelDesign(
      Matrix(columns: [[Double](repeating: 1, count: volumes)], rowCount: volumes),
      kept: Array(0..<volumes),
      contrasts: [
        KernelContrast(kind: .t, weights: Matrix(rowCount: 1, columnCount: 1, elements: [1]))
      ]
    )
  }

  @Test("The t of a constant alone is the one-sample t")
  func oneSample() throws {
    // Student's sleep data, extra hours of drug 2: mean 2.33, s.d. 2.002249, t 3.679916 (R).
    let hours = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    let results = ReferenceKernel().fit(hours, design: try Self.constantDesign(10), noise: .white)
    #expect(abs(results[1] - 2.33) < 1e-12)
    #expect(abs(results[0].squareRoot() - 2.002249) < 5e-7)
    #expect(abs(results[1] / results[2].squareRoot() - 3.679916) < 5e-7)
  }

  @Test("Constant, zero and non-finite lanes give NaN and leave their neighbours alone")
  func unusableLanes() throws {
    var numbers = NormalNumbers(seed: 1)
    var series = (0..<16).map { _ in numbers.memory(0.2, count: 40) }
    series[3] = [Double](repeating: 812.4, count: 40)
    series[4] = [Double](repeating: 0, count: 40)
    series[5][12] = .nan
    series[6][0] = .infinity
    let design = try Self.constantDesign(40)
    var results = [Double](repeating: 0, count: design.resultCount * 16)
    ReferenceKernel().fit(
      strip(series),
      design: design,
      noise: sixteen(.firstOrder(0.3)),
      into: &results
    )
    var sums = [Double](repeating: 0, count: design.sumCount * 16)
    ReferenceKernel().autocovariances(strip(series), design: design, into: &sums)
    for lane in 0..<16 {
      let isUsable = !(3...6).contains(lane)
      for row in 0..<design.resultCount {
        #expect(results[row * 16 + lane].isFinite == isUsable)
      }
      for lag in design.lagPairs.indices { #expect(sums[lag * 16 + lane].isFinite == isUsable) }
    }
  }

  @Test("One residual degree of freedom is enough, none is refused")
  func nearlySaturated() throws {
    let design = runLikeDesign(volumes: 9, columns: 8)
    let weights = Matrix(rowCount: 1, columnCount: 8, elements: only(5, of: 8))
    let contrast = KernelContrast(kind: .t, weights: weights)
    var numbers = NormalNumbers(seed: 2)
    let series = (0..<9).map { _ in numbers.next() }
    let prepared = try KernelDesign(design, kept: Array(0..<9), contrasts: [contrast])
    let dropped = prepared.redundantColumns.count
    #expect(prepared.degreesOfFreedom == 1 + dropped)
    let results = ReferenceKernel().fit(series, design: prepared, noise: .firstOrder(0.5))
    #expect(results.allSatisfy { $0.isFinite })
    #expect(throws: KernelError.self) {
      _ = try KernelDesign(
        runLikeDesign(volumes: 8, columns: 30),
        kept: Array(0..<8),
        contrasts: []
      )
    }
  }

  @Test("What cannot be used is refused with its place")
  func refusals() {
    let design = runLikeDesign(volumes: 30, columns: 6)
    let kept = Array(0..<30)
    func make(_ weights: [Double], rows: Int = 1, kept: [Int], runStarts: [Int] = [0]) throws {
      let matrix = Matrix(rowCount: rows, columnCount: weights.count / rows, elements: weights)
      _ = try KernelDesign(
        design,
        kept: kept,
        runStarts: runStarts,
        contrasts: [KernelContrast(kind: .t, weights: matrix)]
      )
    }
    #expect(throws: KernelError.contrastShape(contrast: 0)) { try make([1, 0], kept: kept) }
    #expect(throws: KernelError.contrastShape(contrast: 0)) {
      try make([Double](repeating: 1, count: 12), rows: 2, kept: kept)
    }
    #expect(throws: KernelError.contrastEmpty(contrast: 0)) {
      try make([Double](repeating: 0, count: 6), kept: kept)
    }
    #expect(throws: KernelError.keptRows) { try make(only(0, of: 6), kept: [3, 2]) }
    #expect(throws: KernelError.keptRows) { try make(only(0, of: 6), kept: [0, 30]) }
    #expect(throws: KernelError.runStarts) {
      try make(only(0, of: 6), kept: kept, runStarts: [0, 30])
    }
    #expect(throws: KernelError.noResidualDegreesOfFreedom(kept: 0, rank: 0)) {
      try make(only(0, of: 6), kept: [])
    }
    var broken = design
    broken[4, 2] = .infinity
    #expect(throws: KernelError.designNotFinite(row: 4, column: 2)) {
      _ = try KernelDesign(broken, kept: kept, contrasts: [])
    }
  }

  @Test("Scaling the data scales effects and leaves t")
  func scaling() throws {
    var numbers = NormalNumbers(seed: 12)
    let series = numbers.memory(0.5, count: 60)
    let design = runLikeDesign(volumes: 60, columns: 8)
    let weights = Matrix(rowCount: 1, columnCount: 8, elements: only(0, of: 8))
    let prepared = try KernelDesign(
      design,
      kept: Array(0..<60),
      contrasts: [KernelContrast(kind: .t, weights: weights)]
    )
    let a = ReferenceKernel().fit(series, design: prepared, noise: .firstOrder(0.5))
    let b = ReferenceKernel().fit(
      series.map { $0 * 1e6 },
      design: prepared,
      noise: .firstOrder(0.5)
    )
    #expect(abs(b[1] / a[1] / 1e6 - 1) < 1e-11)
    #expect(abs(b[1] / b[2].squareRoot() - a[1] / a[2].squareRoot()) < 1e-10)
  }
}
