/// A stationary process of unit variance: second-order autoregression with white noise on top.
struct NoiseProcess: Equatable {
  /// The weights of the last two values.
  var first, second: Float

  /// The white part of the variance, 0 to 1.
  var white: Float

  /// The correlation of successive values of the part with memory.
  var neighbourCorrelation: Float { first / (1 - second) }

  /// The standard deviation of the innovations of the part with memory, which has unit variance.
  ///
  /// Source: Box & Jenkins (1976), *Time Series Analysis*, 3.2.4.
  var innovation: Float {
    let (a, b) = (first, second)
    return ((1 + b) * ((1 - b) * (1 - b) - a * a) / (1 - b)).squareRoot()
  }
}

/// The noises that a model must stand.
enum SimulatedNoise: String, CaseIterable {
  case white
  case weak = "ar1_0.3"
  case strong = "ar1_0.6"
  case mixed = "ar1_0.8_white"
  case second = "ar2_0.4_0.25"

  /// Whether plain first-order autoregression describes it.
  var isFirstOrder: Bool { self == .white || self == .weak || self == .strong }

  /// Whether one memory and one share describe it.
  var isInFamily: Bool { self != .second }

  /// The process at a place.
  ///
  /// - Parameter deviation: How far the place is from the usual, -1 to 1; 0 is the named process.
  /// - Returns: The process.
  func process(_ deviation: Float) -> NoiseProcess {
    switch self {
    case .white: NoiseProcess(first: 0, second: 0, white: 0)
    case .weak: NoiseProcess(first: 0.3 + 0.2 * deviation, second: 0, white: 0)
    case .strong: NoiseProcess(first: 0.6 + 0.2 * deviation, second: 0, white: 0)
    case .mixed: NoiseProcess(first: 0.8, second: 0, white: 0.5 + 0.3 * deviation)
    case .second:
      NoiseProcess(first: 0.4 + 0.14 * deviation, second: 0.25 + 0.0875 * deviation, white: 0)
    }
  }
}
