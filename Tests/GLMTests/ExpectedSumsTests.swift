import Algebra
import Glibc
import GLM
import GLMKernel
import TestData
import Testing

@Suite("What a design leaves of noise with memory")
struct ExpectedSumsTests {
  private static let volumes = 40
  private static let design = runLikeDesign(volumes: volumes, columns: 8)

  /// E_k = tr(N_k R A R) with every matrix written out.
  private func dense(kept: [Int], runStarts: [Int], lags: Int, memory: Double) -> [Double] {
    let q = RankRevealingQR(Self.design.keeping(rows: kept)).q
    var residualForming = Matrix.identity(kept.count)
    let projection = q * q.transposed
    for i in projection.elements.indices {
      residualForming.elements[i] -= projection.elements[i]
    }
    let run = { (row: Int) in runStarts.count { $0 <= row } }
    func overPairs(_ value: (Int) -> Double) -> Matrix {
      var matrix = Matrix(zeros: kept.count, kept.count)
      for (i, a) in kept.enumerated() {
        for (j, b) in kept.enumerated() where run(a) == run(b) { matrix[i, j] = value(abs(a - b)) }
      }
      return matrix
    }
    let left = residualForming * overPairs { pow(memory, Double($0)) } * residualForming
    return (0...lags).map { lag in
      let product = overPairs { $0 == lag ? 1 : 0 } * left
      let trace = (0..<kept.count).reduce(0) { $0 + product[$1, $1] }
      return lag == 0 ? trace : trace / 2
    }
  }

  @Test(
    "They equal the traces written out, with censored volumes and two runs",
    arguments: [-0.4, 0, 0.3, 0.9]
  )
  func traces(memory: Double) throws {
    let kept = (0..<Self.volumes).filter { ![4, 5, 22, 30].contains($0) }
    let prepared = try KernelDesign(
      Self.design,
      kept: kept,
      runStarts: [0, 21],
      contrasts: [],
      maximumLag: 5
    )
    let expected = dense(kept: kept, runStarts: [0, 21], lags: 5, memory: memory)
    for (found, wanted) in zip(ExpectedSums.exact(prepared, memory: memory), expected) {
      #expect(abs(found - wanted) < 1e-11)
    }
  }

  @Test("Between the tabulated memories they are those of the traces, to the third digit")
  func interpolated() throws {
    let kept = (0..<Self.volumes).filter { ![4, 5, 22, 30].contains($0) }
    let prepared = try KernelDesign(Self.design, kept: kept, contrasts: [], maximumLag: 5)
    let sums = ExpectedSums(of: prepared, memories: -0.5...0.97, threads: 2)
    for memory in stride(from: -0.5, through: 0.97, by: 0.07) {
      let expected = dense(kept: kept, runStarts: [0], lags: 5, memory: memory)
      for (found, wanted) in zip(sums(memory), expected) {
        #expect(abs(found - wanted) < 1e-3 * expected[0])
      }
    }
  }

  @Test("The sums at each lag are those of the least-squares residuals in true time")
  func sums() throws {
    var numbers = NormalNumbers(seed: 9)
    let series = numbers.memory(0.5, count: Self.volumes)
    let kept = (0..<Self.volumes).filter { ![4, 5, 22].contains($0) }
    let prepared = try KernelDesign(Self.design, kept: kept, contrasts: [], maximumLag: 3)
    let sums = ReferenceKernel().autocovariances(of: series, design: prepared)
    let beta = RankRevealingQR(Self.design.keeping(rows: kept))
      .coefficients(of: kept.map { series[$0] })
    var residual: [Int: Double] = [:]
    for row in kept {
      residual[row] = series[row] - zip(Self.design.row(row), beta).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for lag in 0...3 {
      let expected = kept.reduce(0) { $0 + (residual[$1] ?? 0) * (residual[$1 + lag] ?? 0) }
      #expect(abs(sums[lag] - expected) < 1e-11)
    }
  }

  @Test("A lag that no pair of kept volumes has is counted so")
  func missingLag() throws {
    // Every second volume: no pair is an odd number of volumes apart.
    let kept = stride(from: 0, to: Self.volumes, by: 2).map { $0 }
    let prepared = try KernelDesign(Self.design, kept: kept, contrasts: [])
    let sums = ExpectedSums(of: prepared, memories: -0.5...0.97, threads: 2)
    #expect(sums.pairCounts == [20, 0, 19, 0, 18, 0, 17])
  }
}
