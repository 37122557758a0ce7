/// A matrix of float64, stored row after row.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int

  /// The number of columns.
  public let columnCount: Int

  /// The elements, *rows* × *columns*, row-major.
  public var elements: [Double]

  /// Creates a matrix from its elements.
  ///
  /// - Parameters:
  ///   - rowCount: The number of rows.
  ///   - columnCount: The number of columns.
  ///   - elements: *rows* × *columns* numbers, row-major.
  public init(rowCount: Int, columnCount: Int, elements: [Double]) {
    precondition(elements.count == rowCount * columnCount, "elements must fill the matrix")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// Creates a matrix of zeros.
  ///
  /// - Parameters:
  ///   - rowCount: The number of rows.
  ///   - columnCount: The number of columns.
  public init(zeros rowCount: Int, _ columnCount: Int) {
    let elements = [Double](repeating: 0, count: rowCount * columnCount)
    self.init(rowCount: rowCount, columnCount: columnCount, elements: elements)
  }

  /// Creates a matrix whose columns are the given vectors, all of one length.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - rowCount: The length of each, needed where there is no column.
  public init(columns: [[Double]], rowCount: Int) {
    self.init(zeros: rowCount, columns.count)
    for (j, column) in columns.enumerated() {
      precondition(column.count == rowCount, "every column must have one value per row")
      for i in 0..<rowCount { self[i, j] = column[i] }
    }
  }

  /// The element at a row and a column, both counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// Returns one column, from the first row to the last.
  ///
  /// - Parameter index: The column, counted from 0.
  /// - Returns: One number per row.
  public func column(_ index: Int) -> [Double] {
    (0..<rowCount).map { self[$0, index] }
  }

  /// Returns one row, from the first column to the last.
  ///
  /// - Parameter index: The row, counted from 0.
  /// - Returns: One number per column.
  public func row(_ index: Int) -> [Double] {
    Array(elements[index * columnCount..<(index + 1) * columnCount])
  }

  /// Returns the matrix that holds only the given rows, in the given order.
  ///
  /// - Parameter rows: The rows to keep, counted from 0.
  /// - Returns: As many rows as were named.
  public func keeping(rows: [Int]) -> Matrix {
    Matrix(rowCount: rows.count, columnCount: columnCount, elements: rows.flatMap(row))
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(zeros: columnCount, rowCount)
    for i in 0..<rowCount { for j in 0..<columnCount { result[j, i] = self[i, j] } }
    return result
  }

  /// Returns the product of two matrices.
  ///
  /// - Parameters:
  ///   - left: *m* × *k*.
  ///   - right: *k* × *n*.
  /// - Returns: *m* × *n*.
  /// - Complexity: O(*mkn*).
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columnCount == right.rowCount, "inner dimensions must agree")
    var result = Matrix(zeros: left.rowCount, right.columnCount)
    for i in 0..<left.rowCount {
      for k in 0..<left.columnCount where left[i, k] != 0 {
        let factor = left[i, k]
        for j in 0..<right.columnCount { result[i, j] += factor * right[k, j] }
      }
    }
    return result
  }

  /// Returns the product of a matrix and a column vector.
  ///
  /// - Parameters:
  ///   - left: *m* × *k*.
  ///   - right: *k* numbers.
  /// - Returns: One number per row.
  public static func * (left: Matrix, right: [Double]) -> [Double] {
    precondition(left.columnCount == right.count, "inner dimensions must agree")
    return (0..<left.rowCount).map { i in
      var sum = 0.0
      for k in 0..<right.count { sum += left[i, k] * right[k] }
      return sum
    }
  }
}
