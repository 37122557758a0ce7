public import Algebra

/// All of a design that does not depend on a voxel, worked out once.
///
/// *X* (kept rows × *p*) is replaced by *Z* = *QU*, orthonormal columns that span the same and make
/// *Z*'*SZ* diagonal, where *S* adds the two neighbours in time within a segment. In these
/// coordinates the information matrix of stationary AR(1) noise is
/// diag(1 + rho² - rho d) - rho² sum over edges z z' + what links the segments of a run.
public final class KernelDesign: Sendable {
  /// The Gram matrices of the links of one gap: what memory across censored volumes adds.
  public struct GapGram: Equatable, Sendable {
    /// The distance in volumes.
    public let gap: Int

    /// The links of that gap.
    public let links: [KeptRows.Link]

    /// The sum of z_i z_i' + z_j z_j' over the links, rank × rank.
    public let ends: Matrix

    /// The sum of z_i z_j' + z_j z_i' over the links, rank × rank.
    public let cross: Matrix
  }

  /// The kept rows and their order in time.
  public let kept: KeptRows

  /// The number of rows of the whole design.
  public let volumeCount: Int

  /// The number of independent columns.
  public let rank: Int

  /// The columns that others span, ascending, counted from 0.
  public let redundantColumns: [Int]

  /// *Z*, kept rows × rank.
  public let basis: Matrix

  /// Whether a constant is a sum of the columns, so that the data's mean can be taken out first.
  public let spansConstant: Bool

  /// d: the diagonal of *Z*'*SZ*.
  public let neighbourEigenvalues: [Double]

  /// The sum of z z' over the segments' first and last rows, rank × rank.
  public let edgeGram: Matrix

  /// What links the segments, one entry per distinct gap, ascending.
  public let gapGrams: [GapGram]

  /// The pairs of kept rows at each lag, from lag 0.
  public let lagPairs: [[(earlier: Int, later: Int)]]

  /// The contrasts.
  public let contrasts: [BasisContrast]

  /// The same for the optimized kernel.
  let packed: PackedDesign

  /// Works out everything that does not depend on a voxel.
  ///
  /// - Parameters:
  ///   - design: *X*, all volumes × *p*.
  ///   - kept: The rows that are kept, ascending.
  ///   - runStarts: The first row of every run; the noise has no memory from one run to the next.
  ///   - contrasts: The questions.
  ///   - maximumLag: The last lag, in volumes, of the residuals' autocovariances.
  /// - Throws: ``KernelError`` that says which column, row or contrast cannot be used.
  /// - Complexity: O(*n p*²).
  public init(
    _ design: Matrix,
    kept: [Int],
    runStarts: [Int] = [0],
    contrasts: [KernelContrast],
    maximumLag: Int = 6
  ) throws(KernelError) {
    if let place = design.elements.firstIndex(where: { !$0.isFinite }) {
      let (row, column) = place.quotientAndRemainder(dividingBy: design.columnCount)
      throw .designNotFinite(row: row, column: column)
    }
    let kept = try KeptRows(kept, of: design.rowCount, runStarts: runStarts)
    let decomposition = RankRevealingQR(design.keeping(rows: kept.rows))
    guard kept.count > decomposition.rank else {
      throw .noResidualDegreesOfFreedom(kept: kept.count, rank: decomposition.rank)
    }
    let q = decomposition.q
    guard let eigen = try? SymmetricEigen(q.transposed * neighbourSums(q, kept.segments)) else {
      throw .eigenvectors
    }
    let basis = q * eigen.vectors
    self.contrasts = try basisContrasts(
      contrasts,
      decomposition: decomposition,
      rotation: eigen.vectors
    )
    self.kept = kept
    self.volumeCount = design.rowCount
    self.rank = decomposition.rank
    self.redundantColumns = decomposition.redundant
    self.basis = basis
    // Orthonormal to rounding, so what is left of a constant that is spanned is a few 1e-15.
    let ofConstant = basis.transposed * [Double](repeating: 1, count: kept.count)
    spansConstant = (basis * ofConstant).allSatisfy { abs($0 - 1) < 1e-11 }
    self.neighbourEigenvalues = eigen.values
    self.edgeGram = gram(basis, pairs: kept.edges.map { ($0, $0) })
    self.gapGrams = Set(kept.links.map(\.gap)).sorted().map { gap in
      let links = kept.links.filter { $0.gap == gap }
      let ends = links.flatMap { [($0.from, $0.from), ($0.to, $0.to)] }
      let cross = links.flatMap { [($0.from, $0.to), ($0.to, $0.from)] }
      return GapGram(
        gap: gap,
        links: links,
        ends: gram(basis, pairs: ends),
        cross: gram(basis, pairs: cross)
      )
    }
    let lags = max(0, min(maximumLag, kept.count - 1))
    lagPairs = (0...lags).map(kept.pairs(atLag:))
    packed = PackedDesign(
      volumeCount: volumeCount,
      kept: kept,
      basis: basis,
      spansConstant: spansConstant,
      neighbourEigenvalues: eigen.values,
      edgeGram: edgeGram,
      gapGrams: gapGrams,
      lagPairs: lagPairs,
      contrasts: self.contrasts
    )
  }

  /// The degrees of freedom of the residuals: kept rows less rank.
  public var degreesOfFreedom: Int { kept.count - rank }

  /// The number of rows of ``StripKernel/autocovariances(_:design:into:)``'s sums.
  public var sumCount: Int { lagPairs.count + 1 }

  /// The number of rows of ``StripKernel/fit(_:design:noise:into:)``'s results.
  public var resultCount: Int { contrasts.reduce(1) { $0 + $1.resultCount } }
}

/// *SA*: for every row the sum of its neighbours in time within its segment.
private func neighbourSums(_ a: Matrix, _ segments: [Range<Int>]) -> Matrix {
  var result = Matrix(zeros: a.rowCount, a.columnCount)
  for segment in segments {
    for i in segment.dropFirst() {
      for j in 0..<a.columnCount {
        result[i, j] += a[i - 1, j]
        result[i - 1, j] += a[i, j]
      }
    }
  }
  return result
}

/// The sum of z_i z_j' over pairs of rows.
private func gram(_ basis: Matrix, pairs: [(Int, Int)]) -> Matrix {
  var result = Matrix(zeros: basis.columnCount, basis.columnCount)
  for (i, j) in pairs {
    for row in 0..<basis.columnCount {
      for column in 0..<basis.columnCount {
        result[row, column] += basis[i, row] * basis[j, column]
      }
    }
  }
  return result
}
