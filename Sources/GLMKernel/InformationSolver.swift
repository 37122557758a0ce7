internal import Algebra

/// *G* = *Z*'*V*⁻¹*Z* of AR(1) noise for 16 values of rho, ready to be solved.
///
/// In the kernel's basis *G* is a diagonal less rho² times the Gram matrix of the segments' edges,
/// plus what memory across censored volumes adds. With one segment that is a diagonal plus rank 2,
/// solved in O(rank) by Woodbury's identity; otherwise by Cholesky.
enum InformationSolver {
  case rankTwo(RankTwo)
  case cholesky(LaneCholesky)

  /// Prepares *G*.
  ///
  /// - Parameters:
  ///   - rho: The coefficients.
  ///   - design: The design.
  init(rho: Lanes, design: KernelDesign) {
    let square = rho * rho
    let diagonal = design.neighbourEigenvalues.map { 1 + square - rho * $0 }
    if design.kept.segments.count == 1 {
      self = .rankTwo(RankTwo(square: square, diagonal: diagonal, design: design))
      return
    }
    let rank = design.rank
    var information = [Lanes](repeating: .zero, count: rank * rank)
    let gaps = design.gapGrams.map { LinkWeights(rho: rho, gap: $0.gap) }
    for i in 0..<rank {
      for j in 0...i {
        var sum = -square * design.edgeGram[i, j]
        for (gram, weights) in zip(design.gapGrams, gaps) {
          sum += weights.ends * gram.ends[i, j] - weights.cross * gram.cross[i, j]
        }
        information[i * rank + j] = i == j ? sum + diagonal[i] : sum
      }
    }
    self = .cholesky(LaneCholesky(size: rank, lowerTriangle: information))
  }

  /// Solves *G* x = b.
  ///
  /// - Parameter b: One entry per column of the basis.
  /// - Returns: x.
  func solve(_ b: [Lanes]) -> [Lanes] {
    switch self {
    case .rankTwo(let solver): solver.solve(b)
    case .cholesky(let solver): solver.solve(b)
    }
  }
}

/// What one link over a gap adds: ends (e_i e_i' + e_j e_j') - cross (e_i e_j' + e_j e_i').
///
/// Segments apart from one another each begin with a row of weight 1 - rho²; joined, the later row
/// i + gap is given rho^gap times the earlier one with variance (1 - rho^(2 gap)) / (1 - rho²).
struct LinkWeights {
  /// rho^(2 gap) / variance.
  let ends: Lanes

  /// rho^gap / variance.
  let cross: Lanes

  /// Works out both weights.
  ///
  /// - Parameters:
  ///   - rho: The coefficients.
  ///   - gap: The distance in volumes.
  init(rho: Lanes, gap: Int) {
    let memory = rho.power(gap)
    let precision = (1 - rho * rho) / (1 - memory * memory)
    ends = memory * memory * precision
    cross = memory * precision
  }
}

/// A diagonal *D* less rho² (u u' + w w'), by Woodbury's identity.
struct RankTwo {
  private let square: Lanes
  private let inverseDiagonal: [Lanes]
  private let first: [Double]
  private let last: [Double]
  // (I - rho² F D⁻¹ F')⁻¹, F = [u'; w'].
  private let inner: (Lanes, Lanes, Lanes)

  /// Prepares the identity.
  ///
  /// - Parameters:
  ///   - square: rho².
  ///   - diagonal: *D*.
  ///   - design: The design, of one segment; u and w are its first and last rows.
  init(square: Lanes, diagonal: [Lanes], design: KernelDesign) {
    self.square = square
    inverseDiagonal = diagonal.map { 1 / $0 }
    first = design.basis.row(0)
    last = design.basis.row(design.kept.count - 1)
    var (uu, uw, ww) = (Lanes(repeating: 1), Lanes.zero, Lanes(repeating: 1))
    for j in first.indices {
      let share = square * inverseDiagonal[j]
      uu -= share * (first[j] * first[j])
      uw -= share * (first[j] * last[j])
      ww -= share * (last[j] * last[j])
    }
    let determinant = uu * ww - uw * uw
    inner = (ww / determinant, -uw / determinant, uu / determinant)
  }

  /// Solves one system per lane.
  ///
  /// - Parameter b: The right-hand sides.
  /// - Returns: The solutions.
  func solve(_ b: [Lanes]) -> [Lanes] {
    var (u, w) = (Lanes.zero, Lanes.zero)
    for j in b.indices {
      let scaled = b[j] * inverseDiagonal[j]
      u += scaled * first[j]
      w += scaled * last[j]
    }
    let forFirst = square * (inner.0 * u + inner.1 * w)
    let forLast = square * (inner.1 * u + inner.2 * w)
    return b.indices.map { j in
      (b[j] + forFirst * first[j] + forLast * last[j]) * inverseDiagonal[j]
    }
  }
}
