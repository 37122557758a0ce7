import Files
import Testing

@Suite("Numbers as text")
struct NumberTextTests {
  // The expected text is that of C's printf("%.*f") and of IEEE 754's exact values:
  // 2.675 is 2.67499999999999982236431605997495353221893310546875, 0.125 a tie that goes to even.
  @Test(
    "A fixed count of decimals rounds the exact value",
    arguments: [
      (2.675, 2, "2.67"), (0.125, 2, "0.12"), (-1.5, 0, "-2"),
      (1e21, 1, "1000000000000000000000.0"),
      (-0.0001, 2, "0.00"), (0, 0, "0"), (.nan, 3, "n/a"), (-.infinity, 3, "-inf"),
    ]
  )
  func decimals(value: Double, digits: Int, text: String) {
    #expect(fixed(value, digits: digits) == text)
  }

  @Test("The largest number fits with the most decimals")
  func largest() {
    #expect(
      fixed(-.greatestFiniteMagnitude, digits: 30).utf8.count == 341
    )
  }

  @Test("The shortest text reads back as the same number")
  func shortest() {
    #expect(number(0.1) == "0.1")
    #expect(number(-3) == "-3")
    #expect(number(.nan) == "n/a")
    for value in [1.0 / 3, 1e-300, 6.02e23, -0.1, 1e16] {
      #expect(Double(number(value)) == value)
    }
  }
}
