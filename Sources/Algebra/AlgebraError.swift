/// Why a matrix cannot be decomposed.
public enum AlgebraError: Error, Equatable, CustomStringConvertible {
  /// The matrix should have had as many rows as columns.
  case notSquare(rows: Int, columns: Int)

  /// An element is NaN or infinite; row and column are counted from 0.
  case notFinite(row: Int, column: Int)

  /// The iteration did not settle; the code is GSL's.
  case noConvergence(code: Int)

  /// One sentence for the person who ran the command.
  public var description: String {
    switch self {
    case .notSquare(let rows, let columns):
      "a square matrix was expected, not one of \(rows) x \(columns)"
    case .notFinite(let row, let column):
      "the matrix holds a number that is not finite, at row \(row), column \(column)"
    case .noConvergence(let code):
      "the eigenvalues of the matrix could not be found (GSL code \(code))"
    }
  }
}

extension Matrix {
  /// Throws where the matrix is not square, or holds a number that is not finite.
  ///
  /// - Throws: ``AlgebraError`` that says which of the two, and where.
  func requireSquareAndFinite() throws(AlgebraError) {
    guard rowCount == columnCount else {
      throw .notSquare(rows: rowCount, columns: columnCount)
    }
    if let place = elements.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: place / columnCount, column: place % columnCount)
    }
  }
}
