import Glibc
import Statistics
import TestData
import Testing

@Suite("Family-wise p values")
struct MaximumDistributionTests {
  @Test("p is the share of maxima that reach a value, the data's own among them")
  func counted() {
    let distribution = MaximumDistribution([3, 1, 2, 2, 4])
    #expect(distribution.p(3) == 2.0 / 5)
    #expect(distribution.p(2) == 4.0 / 5)
    #expect(distribution.p(5) == 1.0 / 5)
    #expect(distribution.p(0) == 1)
    #expect(distribution.p(.nan).isNaN)
    #expect(distribution.smallestP == 0.2)
    #expect(distribution.critical(level: 0.2) == 4)
    #expect(distribution.critical(level: 0.4) == 3)
    #expect(distribution.critical(level: 0.1) == .infinity)
    #expect(distribution.critical(level: 0.6) == 3)
  }

  // Exponential maxima are a generalised Pareto tail of shape 0, p = e^-x.
  @Test("A fitted tail goes on where counting ends, and is given up where it does not fit")
  func pareto() {
    var numbers = NormalNumbers(seed: 3)
    let maxima = (0..<2000).map { _ in -log(numbers.uniform()) }
    let fitted = MaximumDistribution(maxima, tail: .generalisedPareto)
    #expect(fitted.method == .generalisedPareto)
    // The shape of 500 excesses has a standard error near 1 / √500; at 3 scales beyond the quartile
    // log p moves by about half of 3² times that.
    #expect(abs(log(fitted.p(log(4) + 3)) + log(4) + 3) < 0.6)
    #expect(fitted.p(12) < 1.0 / 2000 && fitted.p(12) > 0)
    #expect(fitted.p(0.5) == MaximumDistribution(maxima).p(0.5))
    let lumps = (0..<2000).map { Double($0 % 5) }
    #expect(MaximumDistribution(lumps, tail: .generalisedPareto).method == .counted)
  }

  // Holm's own example by hand: sorted .01 .02 .03 .04 times 4 3 2 1, made monotone.
  @Test("Holm's adjusted p")
  func holmByHand() {
    let found = holm([0.03, 0.01, .nan, 0.04, 0.02])
    let expected = [0.06, 0.04, .nan, 0.06, 0.06]
    for (ours, value) in zip(found, expected) {
      #expect(value.isNaN ? ours.isNaN : abs(ours - value) < 1e-15)
    }
    #expect(holm([0.6, 0.9]) == [1, 1])
  }
}
