import Algebra
import GLMKernel
import Glibc
import Testing

/// Generalised least squares by the definition: V written out, factored, and inverted.
///
/// The peer of the kernel's tests, for designs of full rank. V_ij = share × memory^|i-j| by the true
/// times of the kept rows, 1 on the diagonal, and 0 from one run to another.
struct DenseFit {
  let coefficients: [Double]
  let inverseInformation: Matrix
  let variance: Double

  init(
    _ design: Matrix,
    _ series: [Double],
    kept: [Int],
    runStarts: [Int] = [0],
    noise: NoiseShape
  ) throws {
    let run = { (row: Int) in runStarts.count { $0 <= row } }
    var v = Matrix(zeros: kept.count, kept.count)
    for (i, a) in kept.enumerated() {
      for (j, b) in kept.enumerated() where run(a) == run(b) {
        v[i, j] = a == b ? 1 : noise.share * pow(noise.memory, Double(abs(a - b)))
      }
    }
    let factor = try #require(Cholesky(v))
    let y = factor.whiten(kept.map { series[$0] })
    let columns = (0..<design.columnCount).map { column in
      factor.whiten(kept.map { design[$0, column] })
    }
    let decomposition = RankRevealingQR(Matrix(columns: columns, rowCount: kept.count))
    try #require(decomposition.rank == design.columnCount)
    coefficients = decomposition.coefficients(of: y)
    var residual = y
    for i in y.indices {
      for j in columns.indices { residual[i] -= columns[j][i] * coefficients[j] }
    }
    let degrees = Double(kept.count - design.columnCount)
    variance = residual.reduce(0) { $0 + $1 * $1 } / degrees
    let b = decomposition.coordinates
    var information = Matrix(zeros: b.columnCount, b.columnCount)
    for i in 0..<b.columnCount {
      for j in 0..<b.columnCount {
        for k in 0..<b.rowCount { information[i, j] += b[k, i] * b[k, j] }
      }
    }
    inverseInformation = try #require(Cholesky(information)).inverse
  }

  func t(_ weights: [Double]) -> Double {
    effect(weights) / (variance * share(weights, weights)).squareRoot()
  }

  func effect(_ weights: [Double]) -> Double {
    zip(weights, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func share(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, inverseInformation * b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func f(_ rows: [[Double]]) throws -> Double {
    var covariance = Matrix(zeros: rows.count, rows.count)
    for i in rows.indices {
      for j in rows.indices { covariance[i, j] = share(rows[i], rows[j]) }
    }
    let effects = rows.map(effect)
    let solved = try #require(Cholesky(covariance)).solve(effects)
    let sum = zip(effects, solved).reduce(0) { $0 + $1.0 * $1.1 }
    return sum / Double(rows.count) / variance
  }
}
