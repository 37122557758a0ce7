/// Solves *Ax* = *b*, or gives up where *A* is singular to rounding.
///
/// By elimination with the rows scaled to one size and exchanged for the largest pivot; meant for
/// systems of a few dozen unknowns. *A* counts as singular where a pivot falls below 1e-13 of the
/// largest element of its row.
///
/// - Parameters:
///   - matrix: *A*, *p* × *p*.
///   - rightSide: *b*, *p* numbers.
/// - Returns: *x*, *p* numbers, or `nil` where *A* is singular.
/// - Complexity: O(*p*³).
public func solve(_ matrix: Matrix, _ rightSide: [Double]) -> [Double]? {
  let size = matrix.rowCount
  precondition(matrix.columnCount == size && rightSide.count == size, "as many rows as unknowns")
  var a = matrix
  var x = rightSide
  for i in 0..<size {
    let largest = matrix.row(i).reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return nil }
    for j in 0..<size { a[i, j] /= largest }
    x[i] /= largest
  }
  for k in 0..<size {
    var pivot = k
    for i in k..<size where abs(a[i, k]) > abs(a[pivot, k]) { pivot = i }
    guard abs(a[pivot, k]) > 1e-13 else { return nil }
    if pivot != k {
      for j in 0..<size { (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]) }
      x.swapAt(k, pivot)
    }
    for i in k + 1..<max(size, k + 1) {
      let factor = a[i, k] / a[k, k]
      for j in k..<size { a[i, j] -= factor * a[k, j] }
      x[i] -= factor * x[k]
    }
  }
  for i in stride(from: size - 1, through: 0, by: -1) {
    for j in i + 1..<max(size, i + 1) { x[i] -= a[i, j] * x[j] }
    x[i] /= a[i, i]
  }
  return x
}
