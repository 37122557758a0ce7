import Statistics
import Testing

@Suite("Group comparisons")
struct WelchTestTests {
  let first = [5.1, 6.3, 4.8, 7.0, 5.9]
  let second = [3.2, 4.1, 3.8, 9.0]

  // scipy.stats.ttest_ind(equal_var=False) and its confidence_interval, 1.15.3; g by its formula in
  // numpy.
  @Test("Welch's test agrees with another program")
  func welch() throws {
    let test = try welchTest(first, second)
    #expect(abs(test.effect - 0.7949999999999999) < 1e-12)
    #expect(abs(test.t - 0.5693076754648698) < 1e-12)
    #expect(abs(test.degreesOfFreedom - 3.5368677233744537) < 1e-12)
    #expect(abs(test.p - 0.6033298446330064) < 1e-12)
    #expect(abs(test.interval.lower - -3.290787678884487) < 1e-12)
    #expect(abs(test.interval.upper - 4.880787678884487) < 1e-12)
    #expect(abs(test.hedgesG - 0.3101382286651448) < 1e-12)
    #expect(test.hedgesGInterval.lower < test.hedgesG)
    #expect(test.hedgesGInterval.upper > test.hedgesG)
  }

  // scipy.stats.ttest_1samp, 1.15.3.
  @Test("The one-sample test agrees with another program")
  func oneSample() throws {
    let test = try oneSampleTest(first.map { $0 - 5 })
    #expect(abs(test.t - 2.05385459444106) < 1e-12)
    #expect(abs(test.p - 0.10921136080810001) < 1e-12)
    #expect(abs(test.interval.lower - -0.28849375239330044) < 1e-12)
    #expect(abs(test.interval.upper - 1.928493752393301) < 1e-12)
    #expect(abs(test.hedgesG - 0.7328663026026928) < 1e-12)
  }

  @Test("Exchanging the groups turns every sign")
  func exchange() throws {
    let test = try welchTest(first, second)
    let other = try welchTest(second, first)
    #expect(abs(test.t + other.t) < 1e-14)
    #expect(abs(test.hedgesG + other.hedgesG) < 1e-14)
    #expect(abs(test.interval.lower + other.interval.upper) < 1e-12)
  }

  @Test("Scaling the values scales the effect and leaves t, p and g")
  func scaling() throws {
    let test = try welchTest(first, second)
    let scaled = try welchTest(first.map { $0 * 1024 }, second.map { $0 * 1024 })
    #expect(scaled.effect == 1024 * test.effect)
    #expect(scaled.t == test.t)
    #expect(scaled.hedgesGInterval == test.hedgesGInterval)
  }

  // Γ(1) / Γ(1/2) = 1/√π; the others by scipy.special.gammaln 1.15.3.
  @Test("J has its closed form and another program's values")
  func correction() {
    #expect(abs(hedgesCorrection(degreesOfFreedom: 2) - 1 / Double.pi.squareRoot()) < 1e-15)
    #expect(abs(hedgesCorrection(degreesOfFreedom: 10) - 0.922745608053087) < 1e-13)
    #expect(abs(hedgesCorrection(degreesOfFreedom: 50) - 0.9849119422955631) < 1e-12)
    let around = [40.999999, 41.000001].map { hedgesCorrection(degreesOfFreedom: $0) }
    #expect(abs(around[0] - around[1]) < 1e-8)
    #expect(hedgesCorrection(degreesOfFreedom: 1).isNaN)
  }

  // By hand: differences 1, 2, 3, 2 have mean 2 and variance 2/3; the lists 8/3 and 2/3.
  @Test("A paired test is that of the differences, with g by the average spread")
  func paired() throws {
    let test = try pairedTest([2, 4, 6, 4], [1, 2, 3, 2])
    #expect(abs(test.differences.t - 2 / (1.0 / 6).squareRoot()) < 1e-12)
    let spread = (0.5 * (8.0 / 3 + 2.0 / 3)).squareRoot()
    let expected = hedgesCorrection(degreesOfFreedom: 3) * 2 / spread
    #expect(abs(test.averageG - expected) < 1e-12)
    #expect(throws: StatisticsError.unpaired(first: 1, second: 2)) { try pairedTest([1], [1, 2]) }
  }

  @Test("Samples that allow no test are refused by their reason")
  func refusals() {
    #expect(throws: StatisticsError.tooFewValues(found: 1, needed: 2)) {
      try welchTest([1], [1, 2])
    }
    #expect(throws: StatisticsError.notFinite(index: 1)) { try welchTest([1, 2], [0, .nan]) }
    #expect(throws: StatisticsError.noVariance) { try welchTest([0.1, 0.1], [0.1, 0.1, 0.1]) }
    #expect(throws: StatisticsError.noVariance) { try oneSampleTest([0.3, 0.3, 0.3]) }
  }
}
