/// A basis of the span of a matrix's columns, and which columns are superfluous.
///
/// *A* is *n* × *p*. The columns are scaled to unit length, then taken in the order of what is left
/// of them once the chosen ones are projected out, and the first column wins a tie: of two equal
/// columns the later one is called redundant. A column of which less than `tolerance` of its own
/// length is left is redundant. *Q* comes from Gram-Schmidt with every projection done twice, which
/// leaves it orthonormal to rounding (Giraud et al. 2005, *Numer. Math.* 101, 87-100).
public struct RankRevealingQR: Sendable {
  /// The number of independent columns.
  public let rank: Int

  /// *Q*, *n* × ``rank``, with orthonormal columns that span what the columns of *A* span.
  public let q: Matrix

  /// *B* = *Q*'*A*, ``rank`` × *p*; *QB* is *A* to rounding.
  public let coordinates: Matrix

  /// The independent columns of *A*, counted from 0, in the order in which they were chosen.
  public let pivots: [Int]

  /// The columns of *A*, ascending, that the pivots already span; columns of zeros among them.
  public let redundant: [Int]

  /// Decomposes a matrix.
  ///
  /// - Parameters:
  ///   - matrix: *A*, *n* × *p*, all numbers finite.
  ///   - tolerance: The share of its length that an independent column keeps, at least.
  /// - Complexity: O(*n p* ``rank``).
  public init(_ matrix: Matrix, tolerance: Double = 1e-10) {
    let n = matrix.rowCount
    var left = (0..<matrix.columnCount).map { scaledToUnit(matrix.column($0)) }
    var remaining = Array(left.indices)
    var basis: [[Double]] = []
    var pivots: [Int] = []
    while basis.count < n {
      var best = -1
      var bestLength = tolerance
      for j in remaining {
        let length = norm(left[j])
        // A rounding error must not decide which of two equal columns is the redundant one.
        if length > bestLength * (1 + 1e-8) {
          best = j
          bestLength = length
        }
      }
      guard best >= 0 else { break }
      var next = left[best]
      for direction in basis { removeProjection(of: &next, on: direction) }
      next = scaledToUnit(next)
      for direction in basis { removeProjection(of: &next, on: direction) }
      next = scaledToUnit(next)
      pivots.append(best)
      basis.append(next)
      remaining.removeAll { $0 == best }
      for j in remaining { removeProjection(of: &left[j], on: next) }
    }
    self.rank = basis.count
    self.q = Matrix(columns: basis, rowCount: n)
    self.coordinates = Matrix(
      columns: (0..<matrix.columnCount).map { j in
        let column = matrix.column(j)
        return basis.map { dot($0, column) }
      },
      rowCount: basis.count
    )
    self.pivots = pivots
    self.redundant = remaining
  }

  /// Projects a vector on the span.
  ///
  /// - Parameter y: *n* numbers.
  /// - Returns: *Q*'*y*, ``rank`` numbers.
  public func projection(of y: [Double]) -> [Double] {
    (0..<rank).map { j in
      var sum = 0.0
      for i in 0..<q.rowCount { sum += q[i, j] * y[i] }
      return sum
    }
  }

  /// Returns the least-squares coefficients of *y* on *A*, with 0 for redundant columns.
  ///
  /// - Parameter y: *n* numbers.
  /// - Returns: *p* coefficients.
  public func coefficients(of y: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: coordinates.columnCount)
    let z = projection(of: y)
    // The pivots' columns of B form an upper triangle.
    for k in stride(from: rank - 1, through: 0, by: -1) {
      var sum = z[k]
      for later in k + 1..<max(rank, k + 1) {
        sum -= coordinates[k, pivots[later]] * result[pivots[later]]
      }
      result[pivots[k]] = sum / coordinates[k, pivots[k]]
    }
    return result
  }

  /// Returns *h* with *c* = *B*'*h*, so that *c*'beta = *h*'*Q*'*A* beta for every beta.
  ///
  /// - Parameters:
  ///   - weights: *c*, *p* numbers.
  ///   - tolerance: How far *B*'*h* may stay from *c*, as a share of the size of both.
  /// - Returns: ``rank`` numbers, or `nil` where *c*'beta depends on which solution beta is taken.
  public func estimable(_ weights: [Double], tolerance: Double = 1e-8) -> [Double]? {
    precondition(weights.count == coordinates.columnCount, "one weight per column")
    var h = [Double](repeating: 0, count: rank)
    for k in 0..<rank {
      var sum = weights[pivots[k]]
      for earlier in 0..<k { sum -= coordinates[earlier, pivots[k]] * h[earlier] }
      h[k] = sum / coordinates[k, pivots[k]]
    }
    for j in redundant {
      let reached = (0..<rank).reduce(0) { $0 + coordinates[$1, j] * h[$1] }
      let size = max(abs(weights[j]), norm(coordinates.column(j)) * norm(h))
      guard abs(reached - weights[j]) <= tolerance * size else { return nil }
    }
    return h
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

private func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

private func scaledToUnit(_ a: [Double]) -> [Double] {
  // Scaled by the largest first, so that the squares neither overflow nor vanish.
  let largest = a.reduce(0) { max($0, abs($1)) }
  guard largest > 0 else { return a }
  let bounded = a.map { $0 / largest }
  let length = norm(bounded)
  return bounded.map { $0 / length }
}

private func removeProjection(of a: inout [Double], on direction: [Double]) {
  let share = dot(a, direction)
  for i in a.indices { a[i] -= share * direction[i] }
}
