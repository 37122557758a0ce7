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

  /// *H*, *q* × rank, such that *H* gamma is the contrast's value; independent rows.
  public let rows: Matrix

  /// The rows of the contrast's weights that *H* stands for; for F without the superfluous ones.
  public let keptRows: [Int]

  /// The first row of the kernel's results that belongs to this contrast.
  public let firstResult: Int

  /// The number of rows of the results.
  ///
  /// For t the effect and its variance; for F the statistic, the *q* effects, and the lower triangle
  /// of their covariance, row after row.
  public var resultCount: Int {
    kind == .t ? 2 : 1 + rows.rowCount + rows.rowCount * (rows.rowCount + 1) / 2
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
    let columns = Matrix(columns: inBasis, rowCount: decomposition.rank)
    let keptRows = RankRevealingQR(columns).pivots.sorted()
    guard !keptRows.isEmpty else { throw .contrastEmpty(contrast: index) }
    let made = BasisContrast(
      kind: contrast.kind,
      rows: columns.transposed.keeping(rows: keptRows),
      keptRows: keptRows,
      firstResult: next
    )
    result.append(made)
    next += made.resultCount
  }
  return result
}
