/// The lower triangle *L* of a symmetric positive definite matrix *A* = *LL*'.
public struct Cholesky: Sendable {
  /// *L*, *p* × *p*, with zeros above the diagonal.
  public let lower: Matrix

  /// Decomposes a matrix, or returns `nil` where it is not positive definite or not finite.
  ///
  /// - Parameter matrix: *A*, *p* × *p*; only its lower triangle is read.
  /// - Complexity: O(*p*³).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rowCount == matrix.columnCount, "a square matrix")
    let size = matrix.rowCount
    var lower = Matrix(zeros: size, size)
    for i in 0..<size {
      for j in 0...i {
        var sum = matrix[i, j]
        for k in 0..<j { sum -= lower[i, k] * lower[j, k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          lower[i, i] = sum.squareRoot()
        } else {
          lower[i, j] = sum / lower[j, j]
        }
      }
    }
    self.lower = lower
  }

  /// Whitens a vector.
  ///
  /// - Parameter b: *p* numbers.
  /// - Returns: *L*⁻¹*b*, *p* numbers.
  public func whiten(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<lower.rowCount {
      for k in 0..<i { x[i] -= lower[i, k] * x[k] }
      x[i] /= lower[i, i]
    }
    return x
  }

  /// Solves *Ax* = *b*.
  ///
  /// - Parameter b: *p* numbers.
  /// - Returns: *A*⁻¹*b*, *p* numbers.
  public func solve(_ b: [Double]) -> [Double] {
    var x = whiten(b)
    for i in stride(from: lower.rowCount - 1, through: 0, by: -1) {
      for k in i + 1..<max(lower.rowCount, i + 1) { x[i] -= lower[k, i] * x[k] }
      x[i] /= lower[i, i]
    }
    return x
  }

  /// Solves *AX* = *B*, column by column.
  ///
  /// - Parameter b: *B*, *p* × *m*.
  /// - Returns: *A*⁻¹*B*, *p* × *m*.
  public func solve(_ b: Matrix) -> Matrix {
    Matrix(columns: (0..<b.columnCount).map { solve(b.column($0)) }, rowCount: lower.rowCount)
  }

  /// *A*⁻¹, *p* × *p*.
  public var inverse: Matrix { solve(.identity(lower.rowCount)) }
}

extension Matrix {
  /// Creates a matrix of ones on the diagonal and zeros elsewhere.
  ///
  /// - Parameter size: The number of rows and of columns.
  /// - Returns: The matrix.
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(zeros: size, size)
    for i in 0..<size { result[i, i] = 1 }
    return result
  }
}
