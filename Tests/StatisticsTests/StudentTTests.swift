import Statistics
import TestData
import Testing

@Suite("Student's t")
struct StudentTTests {
  // Case 24 gives one-sided p and clips p at 1e-300: the restated two-sided p is 2 min(p, 1 - p) and
  // our z is the larger only where the clip took hold. Its numbers have 12 digits.
  @Test("p and z agree with a peer's, restated as two-sided", .enabled(if: SharedData.isPresent))
  func peer() throws {
    let table = try ReferenceTable("24_t_to_z/expected.tsv")
    let t = table["t"]
    let degrees = table["dof"]
    let oneSided = table["p_one_sided"]
    let expected = table["z"]
    #expect(t.count == 44)
    for row in t.indices {
      let p = twoSidedP(t: t[row], degreesOfFreedom: degrees[row])
      let ours = z(t: t[row], degreesOfFreedom: degrees[row])
      if oneSided[row] > 0, oneSided[row] <= 0.5 {
        #expect(abs(p / (2 * oneSided[row]) - 1) < 2e-11)
      }
      if abs(expected[row]) > 37.047 {
        #expect(abs(ours) > 37.047)
        #expect((ours < 0) == (expected[row] < 0))
      } else {
        #expect(abs(ours - expected[row]) < 1e-7)
      }
    }
  }

  // With 1 degree of freedom p = 2 atan(1/t) / π, with 2 it is 1 - t / √(2 + t²).
  @Test("One and two degrees of freedom have their closed forms")
  func closedForms() {
    #expect(abs(twoSidedP(t: 1e150, degreesOfFreedom: 1) / (2e-150 / Double.pi) - 1) < 1e-11)
    #expect(abs(twoSidedP(t: 1, degreesOfFreedom: 1) - 0.5) < 1e-15)
    let expected = 1 - 3 / 11.0.squareRoot()
    #expect(abs(twoSidedP(t: -3, degreesOfFreedom: 2) - expected) < 1e-15)
  }

  @Test("Both tails have the same p and opposite z")
  func symmetry() {
    for t in [0.1, 2, 45, 300] {
      let p = twoSidedP(t: t, degreesOfFreedom: 12.5)
      #expect(p == twoSidedP(t: -t, degreesOfFreedom: 12.5))
      #expect(z(t: -t, degreesOfFreedom: 12.5) == -z(t: t, degreesOfFreedom: 12.5))
    }
  }

  @Test("z has the p of its t, through the whole range", arguments: [3.0, 17.5, 400])
  func sameP(degrees: Double) {
    for t in stride(from: 0.05, through: 30, by: 0.55) {
      let expected = twoSidedP(t: t, degreesOfFreedom: degrees)
      let p = twoSidedP(z: z(t: t, degreesOfFreedom: degrees))
      // d log p / d log z is about z², so 1 ulp of z moves p by z² ulps.
      #expect(abs(p / expected - 1) < 1e-12)
    }
  }

  // A t of 10²⁰ degrees of freedom is normal to t⁴ / (4 ν), 1e-14 of log p at t 37.
  @Test("The last degrees of freedom meet infinity", arguments: [0.3, 4, 20, 37])
  func meeting(t: Double) {
    let below = twoSidedP(t: t, degreesOfFreedom: 0.9e20)
    #expect(abs(below / twoSidedP(t: t, degreesOfFreedom: .infinity) - 1) < 1e-12)
  }

  @Test("z goes on beyond 38, where p is 0")
  func beyond() {
    // Infinite degrees of freedom: z is t.
    for t in [29.9, 30.1, 38, 60, 1000] {
      #expect(abs(z(t: t, degreesOfFreedom: .infinity) / t - 1) < 1e-12)
    }
    #expect(twoSidedP(t: 60, degreesOfFreedom: .infinity) == 0)
    #expect(z(t: .infinity, degreesOfFreedom: 10) == .infinity)
    #expect(z(t: 1e5, degreesOfFreedom: 2000) > 90)
  }

  // scipy.stats.t.ppf 1.15.3.
  @Test(
    "Quantiles agree with another program",
    arguments: [
      (p: 0.975, degrees: 3.7, expected: 2.8675207071911895),
      (p: 0.95, degrees: 10.0, expected: 1.8124611228116756),
      (p: 0.999, degrees: 120.0, expected: 3.15953874331711),
      (p: 0.6, degrees: 1.0, expected: 0.32491969623290634),
    ]
  )
  func quantiles(p: Double, degrees: Double, expected: Double) {
    #expect(abs(studentTQuantile(p, degreesOfFreedom: degrees) / expected - 1) < 1e-10)
    #expect(abs(studentTQuantile(1 - p, degreesOfFreedom: degrees) / expected + 1) < 1e-10)
  }

  @Test("Values without meaning give NaN, not an end of the process")
  func meaningless() {
    #expect(twoSidedP(t: .nan, degreesOfFreedom: 3).isNaN)
    #expect(twoSidedP(t: 1, degreesOfFreedom: 0).isNaN)
    #expect(z(t: 1, degreesOfFreedom: -1).isNaN)
    #expect(studentTQuantile(0.5, degreesOfFreedom: 0).isNaN)
    #expect(studentTQuantile(1.5, degreesOfFreedom: 4).isNaN)
    #expect(standardNormalQuantile(-0.1).isNaN)
  }
}
