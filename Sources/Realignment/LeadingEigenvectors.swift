import Algebra

/// Returns the eigenvectors of the largest eigenvalues of a symmetric matrix.
///
/// A large matrix is first brought to 160 dimensions by Lanczos' recurrence with every vector held
/// orthogonal to all before it, which finds the ends of a spectrum long before its middle.
///
/// - Parameters:
///   - matrix: The matrix, symmetric.
///   - count: The largest number of eigenvectors.
/// - Returns: The eigenvalues and eigenvectors of length 1, the largest first; none where the matrix holds
///   what is no number.
/// - Complexity: O(160 × size²).
///
/// Source: Golub, Van Loan (2013), *Matrix Computations*, 4th edition, section 10.3.
func leadingEigenvectors(
  of matrix: Matrix,
  count: Int
) -> [(value: Double, vector: [Double])] {
  let size = matrix.rowCount
  guard size > largestDirectly else {
    guard let eigen = try? SymmetricEigen(matrix) else { return [] }
    // Ascending: the largest stand last.
    return eigen.values.indices.suffix(count).reversed().map {
      (eigen.values[$0], eigen.vectors.column($0))
    }
  }
  let (basis, small) = tridiagonal(matrix, steps: largestDirectly)
  guard let eigen = try? SymmetricEigen(small) else { return [] }
  return eigen.values.indices.suffix(count).reversed().map { place in
    var vector = [Double](repeating: 0, count: size)
    for (step, share) in eigen.vectors.column(place).enumerated() {
      for row in vector.indices { vector[row] += share * basis[step][row] }
    }
    return (eigen.values[place], vector)
  }
}

/// The largest size that is decomposed as it is.
private let largestDirectly = 160

/// Returns an orthonormal basis in which a symmetric matrix is tridiagonal, and that matrix.
private func tridiagonal(_ matrix: Matrix, steps: Int) -> (basis: [[Double]], small: Matrix) {
  let size = matrix.rowCount
  var small = Matrix(zeros: steps, steps)
  var basis: [[Double]] = []
  var seed = UInt64(1)
  var next = freshDirection(size, beside: basis, seed: &seed)
  for step in 0..<steps {
    basis.append(next)
    next = product(matrix, next)
    let before = dot(next, next).squareRoot()
    small[step, step] = dot(next, basis[step])
    makeOrthogonal(&next, to: basis)
    let rest = dot(next, next).squareRoot()
    guard step + 1 < steps else { break }
    if rest > 1e-12 * before {
      for row in next.indices { next[row] /= rest }
      small[step + 1, step] = rest
    } else {
      // All that could be reached from the start has been: what is left is as good as another matrix.
      next = freshDirection(size, beside: basis, seed: &seed)
    }
  }
  return (basis, small)
}

/// Returns a vector of length 1 that has nothing of some others, the same each time.
private func freshDirection(_ size: Int, beside basis: [[Double]], seed: inout UInt64) -> [Double] {
  var vector = (0..<size).map { _ -> Double in
    seed = seed * 48_271 % 2_147_483_647
    return Double(seed) / 2_147_483_647 - 0.5
  }
  makeOrthogonal(&vector, to: basis)
  let length = dot(vector, vector).squareRoot()
  return vector.map { $0 / length }
}

/// Takes out of a vector what it has of some orthonormal ones; twice, as once leaves rounding.
private func makeOrthogonal(_ vector: inout [Double], to basis: [[Double]]) {
  for _ in 0..<2 {
    for other in basis {
      let share = dot(vector, other)
      for row in vector.indices { vector[row] -= share * other[row] }
    }
  }
}

private func product(_ matrix: Matrix, _ vector: [Double]) -> [Double] {
  let size = matrix.columnCount
  return (0..<matrix.rowCount).map { row in
    var sum = 0.0
    for column in 0..<size { sum += matrix.elements[row * size + column] * vector[column] }
    return sum
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for row in a.indices { sum += a[row] * b[row] }
  return sum
}
