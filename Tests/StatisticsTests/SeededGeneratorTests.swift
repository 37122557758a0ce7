import Statistics
import Testing

@Suite("Seeded random numbers")
struct SeededGeneratorTests {
  // The algorithms written out in Python with its own integers (splitmix64 of the seed four times,
  // then xoshiro256**), as in the authors' C sources.
  @Test("The first numbers of a seed never change")
  func first() {
    var generator = SeededGenerator(seed: 42)
    let numbers = (0..<3).map { _ in generator.next() }
    #expect(numbers == [1546998764402558742, 6990951692964543102, 12544586762248559009])
  }

  // n = 200000: the mean's standard error is .0022, the variance's .0032, the fourth moment's .022.
  @Test("Normal numbers have the moments of the normal distribution")
  func normal() {
    var generator = SeededGenerator(seed: 5)
    let count = 200_000
    var sums = [0.0, 0, 0, 0]
    for _ in 0..<count {
      let value = generator.normal()
      var power = 1.0
      for place in 0..<4 {
        power *= value
        sums[place] += power / Double(count)
      }
    }
    #expect(abs(sums[0]) < 0.009)
    #expect(abs(sums[1] - 1) < 0.013)
    #expect(abs(sums[2]) < 0.035)
    #expect(abs(sums[3] - 3) < 0.09)
  }

  // 60000 draws of 6 values: each count has standard deviation 91.
  @Test("Indices are drawn evenly and within their bound")
  func index() {
    var generator = SeededGenerator(seed: 9)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[generator.index(below: 6)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    #expect((0..<50).allSatisfy { _ in generator.index(below: 1) == 0 })
  }

  @Test("Uniform numbers lie in [0, 1)")
  func uniform() {
    var generator = SeededGenerator(seed: 0)
    let numbers = (0..<10_000).map { _ in generator.uniform() }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.012)
  }
}
