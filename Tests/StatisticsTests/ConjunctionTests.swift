import Statistics
import Testing

@Suite("Conjunctions and contrast masks")
struct ConjunctionTests {
  @Test("The z nearest to 0 where the signs agree, else nothing")
  func minimum() {
    let found = conjunction(of: [[3, -3, 2, 0, .nan], [2, -4, -2, 5, 1]])
    #expect(Array(found.prefix(4)) == [2, -3, 0, 0] && found[4].isNaN)
    #expect(conjunction(of: []).isEmpty)
  }

  @Test("A mask by another contrast takes either sign of it")
  func mask() {
    let found = masked([1, 2, 3, 4], where: [3.1, -3.1, 3, .nan], reaches: 3.1)
    #expect(found == [1, 2, 0, 0])
  }
}
