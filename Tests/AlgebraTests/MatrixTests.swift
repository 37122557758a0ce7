import Algebra
import Testing

@Suite("Matrix")
struct MatrixTests {
  @Test("The product of two matrices is rows times columns")
  func product() {
    let left = Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 3, 4])
    let right = Matrix(rowCount: 2, columnCount: 1, elements: [5, 6])
    #expect((left * right).elements == [17, 39])
  }
}
