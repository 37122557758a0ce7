/// One float64 of each of the 16 voxels of a strip.
typealias Lanes = SIMD16<Double>

extension Lanes {
  /// Returns the power with a whole exponent, lane by lane.
  ///
  /// - Parameter exponent: The exponent, at least 0.
  /// - Returns: 1 where the exponent is 0.
  func power(_ exponent: Int) -> Lanes {
    var result = Lanes(repeating: 1)
    var factor = self
    var left = exponent
    while left > 0 {
      if left % 2 == 1 { result *= factor }
      factor *= factor
      left /= 2
    }
    return result
  }
}

/// Sixteen symmetric positive definite matrices, factored and solved side by side.
struct LaneCholesky {
  private let size: Int
  private var lower: [Lanes]

  /// Factors matrices.
  ///
  /// - Parameters:
  ///   - size: The number of rows.
  ///   - lowerTriangle: *size* × *size*, row-major; only the lower triangle is read. A matrix that
  ///     is not positive definite leaves NaN in its lane.
  init(size: Int, lowerTriangle: [Lanes]) {
    self.size = size
    lower = lowerTriangle
    lower.withUnsafeMutableBufferPointer { lower in
      for i in 0..<size {
        for j in 0...i {
          var sum = lower[i * size + j]
          for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
          lower[i * size + j] =
            i == j ? Lanes(repeating: 1) / sum.squareRoot() : sum * lower[j * size + j]
        }
      }
    }
  }

  /// Solves one system per lane.
  ///
  /// - Parameter b: The right-hand sides.
  /// - Returns: The solutions.
  func solve(_ b: [Lanes]) -> [Lanes] {
    var x = b
    for i in 0..<size {
      for k in 0..<i { x[i] -= lower[i * size + k] * x[k] }
      x[i] *= lower[i * size + i]
    }
    for i in stride(from: size - 1, through: 0, by: -1) {
      for k in i + 1..<max(size, i + 1) { x[i] -= lower[k * size + i] * x[k] }
      x[i] *= lower[i * size + i]
    }
    return x
  }
}
