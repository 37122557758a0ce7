import Algebra
import GLMKernel
import TestData
import Testing

@Suite("Bias of the residuals' autocovariances")
struct LagMatrixTests {
  private static let volumes = 40
  private static let design = runLikeDesign(volumes: volumes, columns: 8)

  /// M_kj = tr(N_k R D_j R) with every matrix written out.
  private func dense(kept: [Int], runStarts: [Int], lags: Int) -> Matrix {
    let q = RankRevealingQR(Self.design.keeping(rows: kept)).q
    var residualForming = Matrix.identity(kept.count)
    let projection = q * q.transposed
    for i in projection.elements.indices {
      residualForming.elements[i] -= projection.elements[i]
    }
    let run = { (row: Int) in runStarts.count { $0 <= row } }
    let lagged = (0...lags).map { lag in
      var matrix = Matrix(zeros: kept.count, kept.count)
      for (i, a) in kept.enumerated() {
        for (j, b) in kept.enumerated() where abs(a - b) == lag && run(a) == run(b) {
          matrix[i, j] = 1
        }
      }
      return matrix
    }
    var result = Matrix(zeros: lags + 1, lags + 1)
    for k in 0...lags {
      for j in 0...lags {
        let product = lagged[k] * residualForming * lagged[j] * residualForming
        let trace = (0..<kept.count).reduce(0) { $0 + product[$1, $1] }
        result[k, j] = k == 0 ? trace : trace / 2
      }
    }
    return result
  }

  @Test("The matrix equals the traces written out, with censored volumes and two runs")
  func traces() throws {
    let kept = (0..<Self.volumes).filter { ![4, 5, 22, 30].contains($0) }
    let prepared = try KernelDesign(
      Self.design,
      kept: kept,
      runStarts: [0, 21],
      contrasts: [],
      maximumLag: 5
    )
    let expected = dense(kept: kept, runStarts: [0, 21], lags: 5)
    for i in expected.elements.indices {
      #expect(abs(prepared.lagMatrix.matrix.elements[i] - expected.elements[i]) < 1e-11)
    }
    #expect(prepared.lagMatrix.usableLag == 5)
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

  @Test("The corrected coefficient is unbiased where the raw one is not")
  func unbiased() throws {
    // 1,500 series, rho .3: the standard error of the mean of both sums is under 1 %.
    let prepared = try KernelDesign(Self.design, kept: Array(0..<Self.volumes), contrasts: [])
    var numbers = NormalNumbers(seed: 10)
    var total = [Double](repeating: 0, count: 7)
    for _ in 0..<1500 {
      let series = numbers.memory(0.3, count: Self.volumes)
      let sums = ReferenceKernel().autocovariances(of: series, design: prepared)
      for lag in sums.indices { total[lag] += sums[lag] }
    }
    let noise = try #require(prepared.lagMatrix.corrected(total))
    #expect(abs(noise[1] / noise[0] - 0.3) < 0.03)
    #expect(total[1] / total[0] < 0.2)
  }

  @Test("A lag that no pair of kept volumes has is left out")
  func missingLag() throws {
    // Every second volume: no pair is one volume apart.
    let kept = stride(from: 0, to: Self.volumes, by: 2).map { $0 }
    let prepared = try KernelDesign(Self.design, kept: kept, contrasts: [])
    #expect(prepared.lagMatrix.usableLag == 0)
    let noise = prepared.lagMatrix.corrected([1, 0, 0, 0, 0, 0, 0])
    #expect(noise?.count == 1)
  }
}
