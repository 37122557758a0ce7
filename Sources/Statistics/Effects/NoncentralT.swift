import Glibc

/// Student's t of a mean that is not 0.
///
/// The distribution of (Z + δ) / √(χ²/ν), as the integral over the chi of the normal distribution.
public struct NoncentralT: Sendable {
  /// δ.
  public let noncentrality: Double

  /// ν.
  public let degreesOfFreedom: Double

  /// Points s = √(χ²/ν) and the probability that each stands for.
  private let points: [(s: Double, weight: Double)]

  /// Creates a distribution.
  ///
  /// - Parameters:
  ///   - noncentrality: δ.
  ///   - degreesOfFreedom: ν, at least 1; whole or not.
  public init(noncentrality: Double, degreesOfFreedom: Double) {
    self.noncentrality = noncentrality
    self.degreesOfFreedom = degreesOfFreedom
    points = Self.points(degreesOfFreedom)
  }

  /// Creates the distribution of another δ at the same degrees of freedom.
  func moved(to noncentrality: Double) -> NoncentralT {
    NoncentralT(noncentrality, degreesOfFreedom, points)
  }

  private init(_ noncentrality: Double, _ degrees: Double, _ points: [(s: Double, weight: Double)])
  {
    (self.noncentrality, degreesOfFreedom, self.points) = (noncentrality, degrees, points)
  }

  /// The density of s, s^(ν-1) e^(-ν s²/2) up to a constant, at the trapezoids of log s: a function
  /// that falls off at both ends, whose sum the rule takes to rounding.
  private static func points(_ degrees: Double) -> [(s: Double, weight: Double)] {
    let spread = 1 / (2 * degrees).squareRoot()
    let (low, high) = (-min(40, 60 / degrees + 14 * spread), min(4, 14 * spread))
    let count = 2000
    let step = (high - low) / Double(count)
    var result = (0...count).map { place in
      let x = low + Double(place) * step
      // s^ν e^(-ν (s² - 1) / 2), which is 1 at s = 1.
      return (s: exp(x), weight: exp(degrees * (x - 0.5 * expm1(2 * x))))
    }
    let sum = result.reduce(0) { $0 + $1.weight }
    for place in result.indices { result[place].weight /= sum }
    return result.filter { $0.weight > 1e-18 }
  }

  /// Returns the probability of at most a value.
  ///
  /// - Parameter t: The value.
  /// - Returns: The probability, to about 1e-12.
  public func cdf(_ t: Double) -> Double {
    points.reduce(0) { $0 + $1.weight * standardNormalCDF(t * $1.s - noncentrality) }
  }

  /// Returns the δ at which a value has a given probability of at most it.
  ///
  /// - Parameters:
  ///   - t: The value.
  ///   - probability: The probability, between 0 and 1.
  ///   - degreesOfFreedom: ν.
  /// - Returns: δ, to about 1e-10.
  public static func noncentrality(
    atWhich t: Double,
    hasProbability probability: Double,
    degreesOfFreedom: Double
  ) -> Double {
    let start = NoncentralT(noncentrality: 0, degreesOfFreedom: degreesOfFreedom)
    return falling(from: t - 1, to: t + 1) { start.moved(to: $0).cdf(t) - probability }
  }
}

/// Returns where a falling function is 0, from a guess of an interval.
///
/// - Parameters:
///   - low: The lower end.
///   - high: The upper end, above it.
///   - function: A function that falls from above 0 to below.
/// - Returns: The zero, to the last digits; infinite where there is none within 1e6.
func falling(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
  var (low, high, width) = (low, high, high - low)
  while function(low) < 0 {
    low -= width
    width *= 2
    if width > 1e6 { return -.infinity }
  }
  while function(high) > 0 {
    high += width
    width *= 2
    if width > 1e6 { return .infinity }
  }
  for _ in 0..<60 {
    let middle = 0.5 * (low + high)
    if function(middle) > 0 { low = middle } else { high = middle }
  }
  return 0.5 * (low + high)
}
