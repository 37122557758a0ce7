import Statistics
import Testing

@Suite("F")
struct FDistributionTests {
  // scipy.stats.f.sf 1.15.3.
  @Test(
    "The upper tail agrees with another program",
    arguments: [
      (f: 3.2, numerator: 3.0, denominator: 40.0, expected: 0.03342118072289293),
      (f: 7.0, numerator: 2.0, denominator: 17.3, expected: 0.005924344057013491),
      (f: 200.0, numerator: 5.0, denominator: 300.0, expected: 2.837718608626714e-93),
      (f: 0.4, numerator: 6.0, denominator: 12.0, expected: 0.8651531064243256),
    ]
  )
  func upperTail(f: Double, numerator: Double, denominator: Double, expected: Double) {
    let p = upperTailP(f: f, numerator: numerator, denominator: denominator)
    #expect(abs(p / expected - 1) < 1e-10)
  }

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
