internal import Algebra
import Glibc
public import GLMKernel
internal import Imaging

/// What a design leaves of noise with memory in the residuals of a least-squares fit.
///
/// Where the noise's correlations over rows k volumes apart are aᵏ, the sums of products of the
/// residuals over the pairs at lag k have the expectation E_k(a) = tr(N_k *R* A(a) *R*), *R* the
/// residual-forming matrix, N_0 = I, and N_k half where rows lie k apart. All of *A* takes part, not
/// the lags up to some last one alone as in Worsley et al. (2002), *NeuroImage* 15(1), 1-15.
public struct ExpectedSums: Sendable {
  /// The number of pairs of kept rows at each lag from 0.
  public let pairCounts: [Int]

  // By how much the projection changes the sums, at nodes of -log(1 - a), where it bends evenly.
  private let nodes: [Double]
  private let changes: [[Double]]
  private let weights: [Double]

  /// Prepares a range of memories.
  ///
  /// - Parameters:
  ///   - design: The design, with its lags.
  ///   - memories: The range, inside (-1, 1).
  ///   - threads: The number of threads, on which no number depends.
  /// - Complexity: O(*lags* *n* rank²).
  public init(of design: KernelDesign, memories: ClosedRange<Double>, threads: Int) {
    pairCounts = design.lagPairs.map(\.count)
    let count = 12
    let (low, high) = (-log(1 - memories.lowerBound), -log(1 - memories.upperBound))
    // Chebyshev's points and their weights: Berrut & Trefethen (2004), *SIAM Rev.* 46(3), 5.4.
    nodes = (0..<count).map { index in
      0.5 * (low + high) + 0.5 * (high - low) * cos(.pi * Double(index) / Double(count - 1))
    }
    weights = (0..<count).map { index in
      (index % 2 == 0 ? 1 : -1) * (index == 0 || index == count - 1 ? 0.5 : 1)
    }
    let grams = foldedGrams(design)
    let nodes = nodes
    changes = mapSlabs(count, threads: threads) {
      Self.changes(of: design, memory: 1 - exp(-nodes[$0]), grams: grams)
    }
  }

  /// Returns the expected sums.
  ///
  /// - Parameter memory: a, in the range that was prepared.
  /// - Returns: One number per lag from 0, interpolated to about 1e-3 of the first or better.
  public func callAsFunction(_ memory: Double) -> [Double] {
    let place = -log(1 - memory)
    var result = powers(memory, pairCounts)
    if let hit = nodes.firstIndex(of: place) {
      for lag in result.indices { result[lag] += changes[hit][lag] }
      return result
    }
    var shares = nodes.indices.map { weights[$0] / (place - nodes[$0]) }
    let sum = shares.reduce(0, +)
    for index in shares.indices { shares[index] /= sum }
    for (share, change) in zip(shares, changes) {
      for lag in result.indices { result[lag] += share * change[lag] }
    }
    return result
  }

  /// Works out the expected sums themselves.
  ///
  /// - Parameters:
  ///   - design: The design, with its lags.
  ///   - memory: a, inside (-1, 1).
  /// - Returns: One number per lag from 0.
  public static func exact(_ design: KernelDesign, memory: Double) -> [Double] {
    let changes = changes(of: design, memory: memory, grams: foldedGrams(design))
    return zip(powers(memory, design.lagPairs.map(\.count)), changes).map { $0 + $1 }
  }

  /// By how much the projection changes the sums.
  ///
  /// *RAR* is *A* - *AQQ*' - *QQ*'*A* + *QBQ*' with *B* = *Q*'*AQ*, so that over pairs (i, j) the sum is
  /// that of *A* less (*AQ*)_i · q_j + q_i · (*AQ*)_j, plus the product of *B* with the sum of q_i q_j'.
  private static func changes(
    of design: KernelDesign,
    memory: Double,
    grams: [[Double]]
  ) -> [Double] {
    let (rank, basis) = (design.rank, design.basis.elements)
    let product = correlated(design, memory: memory)
    var inner = [Double](repeating: 0, count: rank * rank)
    addTriangle(of: basis, product, pairs: design.lagPairs[0], rank: rank, to: &inner)
    var sums = [Double](repeating: 0, count: rank)
    return zip(design.lagPairs, grams).map { pairs, gram in
      sums.withUnsafeMutableBufferPointer { sums in
        sums.update(repeating: 0)
        basis.withUnsafeBufferPointer { q in
          product.withUnsafeBufferPointer { product in
            for (i, j) in pairs {
              let (i, j) = (i * rank, j * rank)
              for k in 0..<rank { sums[k] += product[i + k] * q[j + k] + q[i + k] * product[j + k] }
            }
          }
        }
      }
      return zip(inner, gram).reduce(0) { $0 + $1.0 * $1.1 } - sums.reduce(0, +)
    }
  }

  /// *AQ*, kept rows × rank, by a pass forwards and one backwards.
  private static func correlated(_ design: KernelDesign, memory: Double) -> [Double] {
    let (kept, rank) = (design.kept, design.rank)
    var product = design.basis.elements
    var carried = [Double](repeating: 0, count: rank)
    design.basis.elements.withUnsafeBufferPointer { q in
      product.withUnsafeMutableBufferPointer { product in
        carried.withUnsafeMutableBufferPointer { carried in
          /// Adds what the rows before, or after, a row have in common with it.
          func add(to row: Int, from last: Int) {
            let isLinked = kept.runs[row] == kept.runs[last]
            let factor = isLinked ? pow(memory, Double(abs(kept.rows[row] - kept.rows[last]))) : 0
            for k in 0..<rank {
              carried[k] = factor * (carried[k] + q[last * rank + k])
              product[row * rank + k] += carried[k]
            }
          }
          for row in kept.rows.indices.dropFirst() { add(to: row, from: row - 1) }
          carried.update(repeating: 0)
          for row in kept.rows.indices.dropLast().reversed() { add(to: row, from: row + 1) }
        }
      }
    }
    return product
  }
}

/// The sums of noise itself: the number of pairs times the memory's power.
private func powers(_ memory: Double, _ pairCounts: [Int]) -> [Double] {
  var power = 1.0
  return pairCounts.map { count in
    defer { power *= memory }
    return Double(count) * power
  }
}

/// The sum of q_i q_j' over the pairs at each lag, folded so that the elementwise product with the
/// lower triangle of a symmetric matrix is that with all of it.
private func foldedGrams(_ design: KernelDesign) -> [[Double]] {
  let (q, rank) = (design.basis.elements, design.rank)
  return design.lagPairs.map { pairs in
    var gram = [Double](repeating: 0, count: rank * rank)
    addTriangle(of: q, q, pairs: pairs, rank: rank, to: &gram)
    addTriangle(of: q, q, pairs: pairs.map { ($0.later, $0.earlier) }, rank: rank, to: &gram)
    for row in 0..<rank { gram[row * rank + row] *= 0.5 }
    return gram
  }
}

/// Adds the lower triangle of the sum of a_i b_j' over pairs of rows (i, j).
private func addTriangle(
  of a: [Double],
  _ b: [Double],
  pairs: [(earlier: Int, later: Int)],
  rank: Int,
  to result: inout [Double]
) {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      result.withUnsafeMutableBufferPointer { result in
        for (i, j) in pairs {
          for row in 0..<rank {
            let factor = a[i * rank + row]
            for column in 0...row { result[row * rank + column] += factor * b[j * rank + column] }
          }
        }
      }
    }
  }
}
