import Statistics
import Testing

@Suite("F")
struct FDistributionTests {
  // P(F(2, ν) > f) = (1 + 2 f / ν)^(-ν/2).
  @Test("Two numerator degrees of freedom have their closed form")
  func closedForm() {
    let p = upperTailP(f: 1000, numerator: 2, denominator: 40)
    var expected = 1.0
    for _ in 0..<20 { expected /= 51 }
    #expect(abs(p / expected - 1) < 1e-12)
  }

  @Test("An F of one numerator degree of freedom is a squared t", arguments: [0.01, 1.3, 9, 80])
  func squaredT(t: Double) {
    let degrees = 23.4
    let p = upperTailP(f: t * t, numerator: 1, denominator: degrees)
    #expect(abs(p / twoSidedP(t: t, degreesOfFreedom: degrees) - 1) < 1e-12)
    let magnitude = z(f: t * t, numerator: 1, denominator: degrees)
    #expect(abs(magnitude - z(t: t, degreesOfFreedom: degrees)) < 1e-10)
  }

  @Test("An F of 0 says nothing: p is 1 and z is 0")
  func zero() {
    #expect(upperTailP(f: 0, numerator: 3, denominator: 10) == 1)
    #expect(z(f: 0, numerator: 3, denominator: 10) == 0)
    #expect(z(f: .nan, numerator: 3, denominator: 10).isNaN)
  }
}
