import Glibc

/// Returns the response to a stimulus of unit height, as the integral of SPM's double gamma says.
///
/// The double gamma g(t; 6) - g(t; 16) / 6 is scaled to an integral of 1, so a long stimulus reaches 1.
/// Nothing is sampled or cut: the integral of a gamma density of whole shape is a finite sum.
///
/// - Parameters:
///   - time: When, in s.
///   - onset: The stimulus' start, in s.
///   - duration: How long it lasts, in s.
/// - Returns: The response, without unit.
func responseShape(at time: Double, onset: Double, duration: Double) -> Double {
  risen(time - onset) - risen(time - onset - duration)
}

/// The response to a stimulus that began some time ago and has not ended.
private func risen(_ time: Double) -> Double {
  guard time > 0 else { return 0 }
  return (gammaDistribution(time, shape: 6) - gammaDistribution(time, shape: 16) / 6)
    / (1 - 1.0 / 6)
}

/// The distribution function of a gamma density of whole shape and scale 1.
///
/// 1 - exp(-t) (1 + t + t² / 2 + … up to the power shape - 1).
private func gammaDistribution(_ time: Double, shape: Int) -> Double {
  var term = exp(-time)
  var sum = term
  for power in 1..<shape {
    term *= time / Double(power)
    sum += term
  }
  return 1 - sum
}
