public import Algebra

/// What the projection on a design does to the autocovariances of the residuals.
///
/// The sums a_k = sum of r_i r_j over the pairs at lag k have the expectation *M* v where v are the
/// autocovariances of the noise: *M*_kj = tr(N_k *R* D_j *R*), *R* the residual-forming matrix, D_j
/// ones where rows lie j apart, N_0 = D_0 and N_k = D_k / 2. v beyond the last lag is taken as 0.
///
/// Source: Worsley et al. (2002), *NeuroImage* 15(1), 1-15, doi:10.1006/nimg.2001.0933.
public struct LagMatrix: Equatable, Sendable {
  /// *M*, (*lags* + 1) square.
  public let matrix: Matrix

  /// The number of lags beyond 0 for which *M* can be inverted.
  public let usableLag: Int

  /// Works out *M*.
  ///
  /// - Parameters:
  ///   - basis: *Q*, kept rows × rank, orthonormal columns.
  ///   - pairs: The pairs of kept rows at each lag, from lag 0.
  /// - Complexity: O(*lags* *n* rank² + *lags*² (*n* + rank²)).
  init(basis: Matrix, pairs: [[(earlier: Int, later: Int)]]) {
    let rowCount = basis.rowCount
    // D_k Q, and Q'D_kQ.
    let shifted = pairs.indices.map { lag in
      var product = Matrix(zeros: rowCount, basis.columnCount)
      for (i, j) in pairs[lag] {
        for column in 0..<basis.columnCount {
          product[i, column] += basis[j, column]
          if i != j { product[j, column] += basis[i, column] }
        }
      }
      return product
    }
    let transposed = basis.transposed
    let inner = shifted.map { transposed * $0 }
    var matrix = Matrix(zeros: pairs.count, pairs.count)
    for k in pairs.indices {
      for j in pairs.indices {
        let own = k == j ? Double(pairs[k].count) * (k == 0 ? 1 : 2) : 0
        let once = sumOfProducts(shifted[k], shifted[j])
        let twice = sumOfProducts(inner[k], inner[j])
        matrix[k, j] = (own - 2 * once + twice) * (k == 0 ? 1 : 0.5)
      }
    }
    self.matrix = matrix
    var usable = pairs.count - 1
    while usable > 0, inverse(matrix, upTo: usable) == nil { usable -= 1 }
    usableLag = usable
  }

  /// Returns the noise's autocovariances at lags 0 to ``usableLag``, freed of the design's bias.
  ///
  /// - Parameter autocovariances: a_0, a_1, ... in one unit, as many as the matrix has rows.
  /// - Returns: v = *M*⁻¹ a, or `nil` where not even lag 0 can be told.
  public func corrected(_ autocovariances: [Double]) -> [Double]? {
    let size = usableLag + 1
    return solve(leading(matrix, size), Array(autocovariances.prefix(size)))
  }
}

private func leading(_ matrix: Matrix, _ size: Int) -> Matrix {
  Matrix(columns: (0..<size).map { Array(matrix.column($0).prefix(size)) }, rowCount: size)
}

private func inverse(_ matrix: Matrix, upTo lag: Int) -> [Double]? {
  solve(leading(matrix, lag + 1), [Double](repeating: 1, count: lag + 1))
}

private func sumOfProducts(_ a: Matrix, _ b: Matrix) -> Double {
  var sum = 0.0
  for i in a.elements.indices { sum += a.elements[i] * b.elements[i] }
  return sum
}
