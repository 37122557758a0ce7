public import Algebra

/// A question to the coefficients of a design.
public struct KernelContrast: Equatable, Sendable {
  /// The statistic that answers it.
  public enum Kind: Equatable, Sendable {
    /// One weighted sum against zero.
    case t

    /// Several weighted sums, all against zero at once.
    case f
  }

  /// The statistic that answers it.
  public let kind: Kind

  /// The weights, *rows* × *p*; one row for t.
  public let weights: Matrix

  /// Creates a contrast.
  ///
  /// - Parameters:
  ///   - kind: The statistic that answers it.
  ///   - weights: The weights, *rows* × *p*; one row for t.
  public init(kind: Kind, weights: Matrix) {
    self.kind = kind
    self.weights = weights
  }
}

/// A contrast in the coordinates of the kernel's basis.
public struct BasisContrast: Equatable, Sendable {
  /// The statistic.
  public let kind: KernelContrast.Kind

  /// *H*, *q* × rank: *H* gamma is the contrast's value.
  ///
  /// For F *H* has orthonormal rows that span the contrast's, so that the statistic keeps its digits
  /// however nearly parallel the effects are.
  public let rows: Matrix

  /// The independent rows of the contrast's weights.
  public let keptRows: [Int]

  /// *T*, *q* × *q*: *TH* gamma is the value of ``keptRows``; 1 for t.
  public let mixing: Matrix

  /// The first row of the kernel's results that belongs to this contrast.
  public let firstResult: Int

  /// The number of rows of the results.
  ///
  /// For t the effect and its variance; for F the statistic, the *q* effects *H* gamma, and the lower
  /// triangle of their covariance, row after row.
  public var resultCount: Int {
    kind == .t ? 2 : 1 + rows.rowCount + rows.rowCount * (rows.rowCount + 1) / 2
  }

  /// Returns the effects of ``keptRows`` of an F and the lower triangle of their covariance.
  ///
  /// - Parameter results: The kernel's, after the statistic: those of *H*, in the same order.
  /// - Returns: As many numbers.
  public func ofKeptRows(_ results: [Double]) -> [Double] {
    let count = rows.rowCount
    var turned = [Double](repeating: 0, count: results.count)
    var half = [Double](repeating: 0, count: count)
    for i in 0..<count {
      for k in 0..<count {
        turned[i] += mixing[i, k] * results[k]
        half[k] = 0
        for l in 0..<count {
          let (high, low) = (max(k, l), min(k, l))
          half[k] += mixing[i, l] * results[count + high * (high + 1) / 2 + low]
        }
      }
      for j in 0...i {
        let place = count + i * (i + 1) / 2 + j
        for k in 0..<count { turned[place] += half[k] * mixing[j, k] }
      }
    }
    return turned
  }
}

extension BasisContrast {
  /// Puts together a contrast whose rows are estimable.
  ///
  /// - Parameters:
  ///   - contrast: The contrast.
  ///   - inBasis: Each of its rows in the kernel's basis.
  ///   - firstResult: The first row of its results.
  init(_ contrast: KernelContrast, inBasis: [[Double]], firstResult: Int) {
    kind = contrast.kind
    self.firstResult = firstResult
    // What is independent shows best in the weights, which no design makes nearly parallel.
    keptRows = RankRevealingQR(contrast.weights.transposed).pivots.sorted()
    let kept = keptRows.map { inBasis[$0] }
    let columns = Matrix(columns: kept, rowCount: inBasis[0].count)
    guard contrast.kind == .f else {
      rows = columns.transposed
      mixing = .identity(1)
      return
    }
    let decomposition = RankRevealingQR(columns, tolerance: 0)
    rows = decomposition.q.transposed
    mixing = decomposition.coordinates.transposed
  }
}

/// Brings contrasts into the coordinates of a basis, and checks that each is estimable.
///
/// - Parameters:
///   - contrasts: The contrasts, each with one weight per column of the design.
///   - decomposition: The design's.
///   - rotation: *U*, rank × rank: the kernel's basis is *QU*.
/// - Returns: As many contrasts as there were.
/// - Throws: ``KernelError`` with the first contrast that cannot be used.
func basisContrasts(
  _ contrasts: [KernelContrast],
  decomposition: RankRevealingQR,
  rotation: Matrix
) throws(KernelError) -> [BasisContrast] {
  var result: [BasisContrast] = []
  var next = 1
  for (index, contrast) in contrasts.enumerated() {
    let weights = contrast.weights
    guard weights.columnCount == decomposition.coordinates.columnCount, weights.rowCount > 0,
      contrast.kind == .f || weights.rowCount == 1
    else { throw .contrastShape(contrast: index) }
    guard weights.elements.allSatisfy(\.isFinite), weights.elements.contains(where: { $0 != 0 })
    else { throw .contrastEmpty(contrast: index) }
    var inBasis: [[Double]] = []
    for row in 0..<weights.rowCount {
      guard let h = decomposition.estimable(weights.row(row)) else {
        throw .contrastNotEstimable(contrast: index)
      }
      inBasis.append(rotation.transposed * h)
    }
    let made = BasisContrast(contrast, inBasis: inBasis, firstResult: next)
    result.append(made)
    next += made.resultCount
  }
  return result
}
