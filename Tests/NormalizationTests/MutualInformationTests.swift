import Glibc
import Normalization
import Testing

@Suite("Normalized mutual information")
struct MutualInformationTests {
  @Test("Values that determine each other share everything: 2")
  func same() throws {
    let values = (0..<3200).map { Float($0 % 32) }
    let negative = values.map { 100 - $0 }
    #expect(abs(try #require(normalizedMutualInformation(values, values)) - 2) < 1e-12)
    #expect(abs(try #require(normalizedMutualInformation(values, negative)) - 2) < 1e-12)
  }

  @Test("Values of every combination share nothing: 1")
  func independent() throws {
    let first = (0..<(32 * 32)).map { Float($0 % 32) }
    let second = (0..<(32 * 32)).map { Float($0 / 32) }
    #expect(abs(try #require(normalizedMutualInformation(first, second)) - 1) < 1e-12)
  }

  @Test("Two levels that agree three times of four share what the binary channel says")
  func binary() throws {
    // H = ln 2 each; joint probabilities 3/8, 3/8, 1/8, 1/8.
    let first = (0..<800).map { Float($0 % 2) }
    let second: [Float] = (0..<800).map { index in
      let level = index % 2
      return Float(index / 2 % 4 == 0 ? 1 - level : level)
    }
    let joint: Double = -2 * (0.375 * log(0.375) + 0.125 * log(0.125))
    let found = try #require(normalizedMutualInformation(first, second))
    #expect(abs(found - 2 * log(2) / joint) < 1e-12)
  }

  @Test("What is not finite is left out, and too little or constant values give nothing")
  func nothing() throws {
    let values = (0..<3200).map { Float($0 % 32) }
    let some = (0..<3200).map { $0 < 1600 ? Float.nan : Float($0 % 32) }
    #expect(abs(try #require(normalizedMutualInformation(values, some)) - 2) < 1e-12)
    #expect(normalizedMutualInformation(values, [Float](repeating: 1, count: 3200)) == nil)
    #expect(normalizedMutualInformation(values, [Float](repeating: .nan, count: 3200)) == nil)
    #expect(normalizedMutualInformation([], []) == nil)
  }
}
