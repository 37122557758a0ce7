import Statistics
import Testing

/// What the documentation promises of p and z, relative.
private let promised = 1e-12

@Suite("Tails of t and F")
struct TailTests {
  private static let t = TailConstant.all.filter { $0.numerator == nil }
  private static let f = TailConstant.all.filter { $0.numerator != nil }

  @Test("p and z of t are exact to 1e-12 down to p = 1e-300, on both sides")
  func studentT() {
    #expect(Self.t.count == 96)
    for known in Self.t {
      let degrees = known.degreesOfFreedom
      let distribution = StudentT(degreesOfFreedom: degrees)
      for t in [known.statistic, -known.statistic] {
        let signed = t < 0 ? -known.z : known.z
        #expect(abs(twoSidedP(t: t, degreesOfFreedom: degrees) / known.p - 1) < promised)
        #expect(abs(z(t: t, degreesOfFreedom: degrees) / signed - 1) < promised)
        let (p, z) = distribution.pAndZ(t)
        #expect(abs(p / known.p - 1) < promised)
        #expect(abs(z / signed - 1) < promised)
      }
    }
  }

  @Test("p and z of F are exact to 1e-12 down to p = 1e-300, at any two degrees of freedom")
  func snedecorF() {
    #expect(Self.f.count == 52)
    for known in Self.f {
      let (q, degrees) = (known.numerator ?? .nan, known.degreesOfFreedom)
      let single = (
        p: upperTailP(f: known.statistic, numerator: q, denominator: degrees),
        z: z(f: known.statistic, numerator: q, denominator: degrees)
      )
      let many = FDistribution(numerator: q, denominator: degrees).pAndZ(known.statistic)
      for found in [single, many] {
        #expect(abs(found.p / known.p - 1) < promised)
        #expect(abs(found.z / known.z - 1) < promised)
      }
    }
  }

  // Steps of 0.3 % meet every interval of the tables at 20 places or more; the factor is prime to
  // the intervals' own ratio. Compared with the single calls, which the constants above hold.
  @Test(
    "Tables of many t give the numbers of one at a time",
    arguments: [1, 1.5, 3.7, 12, 215, 4000, 1e6, .infinity]
  )
  func tableOfT(degrees: Double) {
    let distribution = StudentT(degreesOfFreedom: degrees)
    for t in sequence(first: 1e-8, next: { $0 < 100 ? $0 * 1.003 : nil }) {
      let found = distribution.pAndZ(t)
      let single = (
        p: twoSidedP(t: t, degreesOfFreedom: degrees), z: z(t: t, degreesOfFreedom: degrees)
      )
      #expect(isClose(found, single))
    }
  }

  @Test(
    "Tables of many F give the numbers of one at a time",
    arguments: [1.0, 2, 3, 5, 8, 12, 40],
    [5, 30, 215, 1e6]
  )
  func tableOfF(numerator: Double, denominator: Double) {
    let distribution = FDistribution(numerator: numerator, denominator: denominator)
    for f in sequence(first: 1e-8, next: { $0 < 5000 ? $0 * 1.006 : nil }) {
      let single = (
        p: upperTailP(f: f, numerator: numerator, denominator: denominator),
        z: z(f: f, numerator: numerator, denominator: denominator)
      )
      #expect(isClose(distribution.pAndZ(f), single))
    }
  }

  @Test("What lies outside a table is worked out, not guessed")
  func outside() {
    for degrees in [0.5, 9] {
      let distribution = StudentT(degreesOfFreedom: degrees)
      for t in [0, -63, 64, 1e200, .infinity] {
        let found = distribution.pAndZ(t)
        #expect(found.p == twoSidedP(t: t, degreesOfFreedom: degrees))
        #expect(found.z == z(t: t, degreesOfFreedom: degrees))
      }
      #expect(distribution.pAndZ(.nan).p.isNaN && distribution.pAndZ(.nan).z.isNaN)
    }
    let f = FDistribution(numerator: 2, denominator: 9)
    #expect(f.pAndZ(0) == (1, 0))
    #expect(f.pAndZ(-1) == (1, 0))
    #expect(f.pAndZ(.infinity) == (0, .infinity))
    #expect(f.pAndZ(.nan).p.isNaN)
    #expect(StudentT(degreesOfFreedom: -1).pAndZ(1).p.isNaN)
    #expect(FDistribution(numerator: 1, denominator: 0).pAndZ(1).p.isNaN)
  }

  /// Compares p while it is a normal number, and z; under 1, where z is a difference of near equals,
  /// in absolute terms.
  private func isClose(_ a: (p: Double, z: Double), _ b: (p: Double, z: Double)) -> Bool {
    (b.p < 1e-300 || abs(a.p / b.p - 1) < promised) && a.p <= 1
      && abs(a.z - b.z) < promised * max(1, b.z)
  }
}
