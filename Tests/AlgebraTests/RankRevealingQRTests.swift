import Algebra
import Testing

/// Rounding of a few dozen operations on numbers of size 1.
private let rounding = 1e-13

@Suite("Rank-revealing QR")
struct RankRevealingQRTests {
  /// Four rows; the third column is the sum of the first two, the fourth is zero.
  private let deficient = Matrix(
    columns: [[1, 2, 3, 5], [1, -1, 1, -1], [2, 1, 4, 4], [0, 0, 0, 0]],
    rowCount: 4
  )

  @Test("Columns that others span are named redundant, the later of equals first")
  func redundantColumns() {
    let decomposition = RankRevealingQR(deficient)
    #expect(decomposition.rank == 2)
    #expect(decomposition.redundant.contains(3))
    #expect(decomposition.redundant.count == 2)
    let twin = RankRevealingQR(Matrix(columns: [[1, 2, 3], [3, 6, 9]], rowCount: 3))
    #expect(twin.pivots == [0])
    #expect(twin.redundant == [1])
  }

  @Test("The rank does not depend on the columns' units")
  func units() {
    let a = Matrix(columns: [[1e-9, 2e-9, -3e-9], [1e12, 0, 1e12]], rowCount: 3)
    #expect(RankRevealingQR(a).rank == 2)
  }

  @Test("Q is orthonormal even for a nearly dependent pair, and QB gives A back")
  func orthonormal() {
    let a = Matrix(columns: [[1, 1, 1, 1], [1, 1, 1, 1 + 1e-7], [1, 2, 3, 4]], rowCount: 4)
    let decomposition = RankRevealingQR(a)
    #expect(decomposition.rank == 3)
    let gram = decomposition.q.transposed * decomposition.q
    for i in 0..<3 {
      for j in 0..<3 { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < rounding) }
    }
    let rebuilt = decomposition.q * decomposition.coordinates
    for i in a.elements.indices {
      #expect(abs(rebuilt.elements[i] - a.elements[i]) < rounding)
    }
  }

  @Test("Least squares by hand: a line through (0,1), (1,3), (2,4)")
  func line() {
    // Normal equations [3 3; 3 5] beta = [8, 11] give 7/6 and 3/2.
    let a = Matrix(columns: [[1, 1, 1], [0, 1, 2]], rowCount: 3)
    let beta = RankRevealingQR(a).coefficients(of: [1, 3, 4])
    #expect(abs(beta[0] - 7.0 / 6) < rounding)
    #expect(abs(beta[1] - 1.5) < rounding)
  }

  @Test("A contrast is estimable exactly when it lies in the row space")
  func estimability() throws {
    let decomposition = RankRevealingQR(deficient)
    // Rows of the row space are [a, b, a + b, 0].
    #expect(decomposition.estimable([1, 0, 0, 0]) == nil)
    #expect(decomposition.estimable([0, 0, 0, 1]) == nil)
    let h = try #require(decomposition.estimable([1, 1, 2, 0]))
    let beta = decomposition.coefficients(of: [3, 0, 7, 1])
    let direct = beta[0] + beta[1] + 2 * beta[2]
    let throughQ = zip(h, decomposition.projection(of: [3, 0, 7, 1])).reduce(0) {
      $0 + $1.0 * $1.1
    }
    #expect(abs(direct - throughQ) < rounding * 10)
  }

  @Test("A contrast orthogonal to a redundant column is estimable")
  func orthogonalToRedundant() {
    // Column 2 is the sum of columns 0 and 1; column 3 has nothing to do with them.
    let a = Matrix(
      columns: [[3, 1, 0, 0, 0], [1, 2, 0.3, 0, 0], [4, 3, 0.3, 0, 0], [0.1, 0, 0, 0, 0.7]],
      rowCount: 5
    )
    let decomposition = RankRevealingQR(a)
    #expect(decomposition.estimable([0, 0, 0, 1]) != nil)
    #expect(decomposition.estimable([1, 0, 0, 1]) == nil)
  }

  @Test("A matrix without columns, and one with more columns than rows, are decomposed")
  func shapes() {
    #expect(RankRevealingQR(Matrix(zeros: 3, 0)).rank == 0)
    let wide = RankRevealingQR(Matrix(rowCount: 1, columnCount: 3, elements: [1, 2, 3]))
    #expect(wide.rank == 1)
    #expect(wide.redundant == [1, 2])
  }
}
