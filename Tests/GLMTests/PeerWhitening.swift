import Algebra
import Testing

/// AR(1) least squares as a peer does it: y_t - rho y_(t-1), with the first row left as it is.
///
/// With `scalesFirstRow` the first row is multiplied by sqrt(1 - rho²), which makes the covariance
/// the stationary one, by another road than the product's.
struct PeerWhitening {
  let effect: Double
  let variance: Double

  var t: Double { effect / variance.squareRoot() }

  init(_ x: Matrix, _ y: [Double], rho: Double, weights: [Double], scalesFirstRow: Bool = false)
    throws
  {
    let first = scalesFirstRow ? (1 - rho * rho).squareRoot() : 1
    let whiten = { (v: [Double]) in
      v.indices.map { $0 == 0 ? first * v[0] : v[$0] - rho * v[$0 - 1] }
    }
    let columns = (0..<x.columnCount).map { whiten(x.column($0)) }
    let solver = RankRevealingQR(Matrix(columns: columns, rowCount: x.rowCount))
    let white = whiten(y)
    let beta = solver.coefficients(of: white)
    var sum = 0.0
    for i in white.indices {
      let fitted = columns.indices.reduce(0) { $0 + columns[$1][i] * beta[$1] }
      sum += (white[i] - fitted) * (white[i] - fitted)
    }
    let h = try #require(solver.estimable(weights))
    effect = zip(weights, beta).reduce(0) { $0 + $1.0 * $1.1 }
    variance = h.reduce(0) { $0 + $1 * $1 } * sum / Double(white.count - solver.rank)
  }
}

/// Returns the least-squares residuals of y on the columns of x.
func residuals(_ x: Matrix, _ y: [Double]) throws -> [Double] {
  let beta = RankRevealingQR(x).coefficients(of: y)
  return zip(y, x * beta).map { $0 - $1 }
}
