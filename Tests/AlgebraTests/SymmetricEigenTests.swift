import Algebra
import Glibc
import Testing

@Suite("Symmetric eigenvalues")
struct SymmetricEigenTests {
  @Test("A path graph has the eigenvalues 2 cos(k pi / (n + 1))")
  func path() throws {
    let size = 9
    var adjacency = Matrix(zeros: size, size)
    for i in 1..<size {
      adjacency[i, i - 1] = 1
      adjacency[i - 1, i] = 1
    }
    let eigen = try SymmetricEigen(adjacency)
    for k in 1...size {
      let expected = 2 * cos(Double(size + 1 - k) * .pi / Double(size + 1))
      #expect(abs(eigen.values[k - 1] - expected) < 1e-13)
    }
    let vector = eigen.vectors.column(0)
    let image = adjacency * vector
    for i in 0..<size { #expect(abs(image[i] - eigen.values[0] * vector[i]) < 1e-13) }
  }

  @Test("What cannot be decomposed is refused with the place")
  func refused() {
    #expect(throws: AlgebraError.notSquare(rows: 1, columns: 2)) {
      try SymmetricEigen(Matrix(zeros: 1, 2))
    }
    let broken = Matrix(rowCount: 2, columnCount: 2, elements: [1, 0, .nan, 1])
    #expect(throws: AlgebraError.notFinite(row: 1, column: 0)) { try SymmetricEigen(broken) }
  }
}
