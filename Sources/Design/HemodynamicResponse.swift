import Glibc

/// A double gamma: a response and the undershoot that follows it.
struct HemodynamicResponse: Equatable {
  /// The mean time of the response, in s, at a dispersion of 1.
  var delay = 6.0

  /// The mean time of the undershoot, in s, at a dispersion of 1.
  var undershoot: Double

  /// The width of the response.
  var dispersion: Double

  /// The width of the undershoot.
  var undershootDispersion: Double

  /// The undershoot's share of the response.
  var ratio: Double

  /// SPM's canonical response.
  static let spm = HemodynamicResponse(
    undershoot: 16,
    dispersion: 1,
    undershootDispersion: 1,
    ratio: 0.167
  )

  /// The response to a noise burst in auditory cortex.
  ///
  /// Source: Glover (1999), *NeuroImage* 9(4), 416-429, doi:10.1006/nimg.1998.0419.
  static let glover = HemodynamicResponse(
    undershoot: 12,
    dispersion: 0.9,
    undershootDispersion: 0.9,
    ratio: 0.48
  )

  /// How long a response is followed, in s.
  static let length = 32.0

  /// Returns the response sampled from 0 to 32 s, with sum 1.
  ///
  /// - Parameters:
  ///   - step: The time between samples, in s; the gammas begin one step late.
  ///   - shift: How much later the response comes, in s.
  /// - Returns: About 32 s / `step` samples.
  func sampled(step: Double, shift: Double = 0) -> [Double] {
    let count = max(2, Int((HemodynamicResponse.length / step).rounded(.toNearestOrEven)))
    let spacing = HemodynamicResponse.length / Double(count - 1)
    let values = (0..<count).map { sample in
      let time = Double(sample) * spacing - shift - step
      return gammaDensity(time, shape: delay / dispersion, scale: dispersion)
        - ratio
        * gammaDensity(
          time,
          shape: undershoot / undershootDispersion,
          scale: undershootDispersion
        )
    }
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }

  /// Returns the derivative in time: the change per s when the response comes 0.1 s later, turned.
  func timeDerivative(step: Double) -> [Double] {
    zip(sampled(step: step), sampled(step: step, shift: 0.1)).map { ($0 - $1) / 0.1 }
  }

  /// Returns the derivative in dispersion: the change per unit when the response is 0.01 wider.
  ///
  /// The undershoot keeps a dispersion of 1 here, for Glover's response too.
  func dispersionDerivative(step: Double) -> [Double] {
    var narrow = self
    narrow.undershootDispersion = 1
    var wide = narrow
    wide.dispersion += 0.01
    return zip(narrow.sampled(step: step), wide.sampled(step: step)).map { ($0 - $1) / 0.01 }
  }
}

/// Returns the density of the gamma distribution; 0 up to a time of 0.
private func gammaDensity(_ time: Double, shape: Double, scale: Double) -> Double {
  guard time > 0 else { return 0 }
  var sign: Int32 = 0
  let logGamma = lgamma_r(shape, &sign)
  return exp((shape - 1) * log(time) - time / scale - logGamma - shape * log(scale))
}
