internal import CGSL

/// The eigenvalues and eigenvectors of a symmetric matrix *A* = *V* diag(*values*) *V*'.
public struct SymmetricEigen: Sendable {
  /// The *p* eigenvalues, ascending.
  public let values: [Double]

  /// The eigenvectors, *p* × *p*, one per column, orthonormal.
  public let vectors: Matrix

  /// Decomposes a matrix.
  ///
  /// - Parameter matrix: *A*, *p* × *p*; only its lower triangle is read.
  /// - Throws: ``AlgebraError`` where it is not square, not finite, or the iteration fails.
  /// - Complexity: O(*p*³).
  public init(_ matrix: Matrix) throws(AlgebraError) {
    try matrix.requireSquareAndFinite()
    let size = matrix.rowCount
    guard size > 0 else {
      (values, vectors) = ([], matrix)
      return
    }
    returnErrorsFromGSL
    guard let work = gsl_eigen_symmv_alloc(size) else { throw .noConvergence(code: 8) }
    defer { gsl_eigen_symmv_free(work) }
    var input = matrix.elements
    var values = [Double](repeating: 0, count: size)
    var vectors = Matrix(zeros: size, size)
    let code = input.withUnsafeMutableBufferPointer { input in
      values.withUnsafeMutableBufferPointer { values in
        vectors.elements.withUnsafeMutableBufferPointer { vectors in
          var a = gsl_matrix_view_array(input.baseAddress, size, size)
          var d = gsl_vector_view_array(values.baseAddress, size)
          var v = gsl_matrix_view_array(vectors.baseAddress, size, size)
          let code = gsl_eigen_symmv(&a.matrix, &d.vector, &v.matrix, work)
          guard code == 0 else { return code }
          return gsl_eigen_symmv_sort(&d.vector, &v.matrix, GSL_EIGEN_SORT_VAL_ASC)
        }
      }
    }
    guard code == 0 else { throw .noConvergence(code: Int(code)) }
    self.values = values
    self.vectors = vectors
  }
}

/// Makes GSL return its error codes, once; by default it ends the process instead.
private let returnErrorsFromGSL: Void = { _ = gsl_set_error_handler_off() }()
