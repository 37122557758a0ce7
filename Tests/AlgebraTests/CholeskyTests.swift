import Algebra
import Testing

@Suite("Cholesky and small systems")
struct CholeskyTests {
  private let matrix = Matrix(rowCount: 2, columnCount: 2, elements: [4, 2, 2, 3])

  @Test("The factor, the solution and the inverse of a 2 x 2 matrix by hand")
  func byHand() throws {
    let factor = try #require(Cholesky(matrix))
    #expect(factor.lower[0, 0] == 2)
    #expect(factor.lower[1, 0] == 1)
    #expect(abs(factor.lower[1, 1] - 2.0.squareRoot()) < 1e-15)
    let x = factor.solve([8, 7])
    #expect(abs(x[0] - 1.25) < 1e-15)
    #expect(abs(x[1] - 1.5) < 1e-15)
    #expect(abs(factor.inverse[1, 1] - 0.5) < 1e-15)
  }

  @Test("A matrix that is not positive definite has no factor")
  func indefinite() {
    #expect(Cholesky(Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rowCount: 1, columnCount: 1, elements: [.nan])) == nil)
  }

  @Test("A system whose first pivot is zero is solved, a singular one refused")
  func elimination() throws {
    let exchange = Matrix(rowCount: 2, columnCount: 2, elements: [0, 1, 1, 0])
    #expect(try #require(solve(exchange, [3, 4])) == [4, 3])
    let singular = Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 2, 4])
    #expect(solve(singular, [1, 2]) == nil)
  }
}
