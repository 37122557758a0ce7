public import BIDS

/// What is fitted to every run.
public struct Model: Codable, Equatable, Sendable {
  /// The events column that names the conditions.
  public var conditionColumn = "trial_type"

  /// Numeric events columns that modulate a condition.
  public var modulators: [Modulator] = []

  /// What is taken off every onset before anything else is done with it.
  public var onsetOffset = OnsetOffset.none

  /// The shape of the response to an event.
  public var hemodynamics = Hemodynamics.spm

  /// How slow drift is modelled.
  public var drift = Drift.cosine(cutoff: 128)

  /// Which confounds are taken out.
  public var confounds = Confounds.motion6

  /// The framewise displacement above which a volume is left out, in mm; `nil` keeps all.
  public var censoringThreshold: Double?

  /// How the noise's memory is modelled.
  public var noise = Noise.arma11

  /// The questions; where empty, every condition against baseline and every modulator.
  public var contrasts: [ContrastRequest] = []

  /// The Stats Model that all this follows, and that makes the conditions; `nil` where there is none.
  public var statsModel: StatsModel?

  /// The usual model.
  public init() {}
}

/// The shape of the response to an event.
public enum Hemodynamics: Codable, Equatable, Sendable {
  /// SPM's double gamma.
  case spm

  /// SPM's double gamma and its derivative in time.
  case spmDerivative

  /// SPM's double gamma and its derivatives in time and in dispersion.
  case spmDerivativeDispersion

  /// Glover's double gamma.
  case glover

  /// Glover's double gamma and its derivative in time.
  case gloverDerivative

  /// Glover's double gamma and its derivatives in time and in dispersion.
  case gloverDerivativeDispersion

  /// A free height at each of a number of delays, in volumes.
  case finiteImpulseResponse(delays: [Int])
}

/// How slow drift is modelled.
public enum Drift: Codable, Equatable, Sendable {
  /// Not at all.
  case none

  /// Cosines of every period longer than the cutoff, in s.
  case cosine(cutoff: Double)

  /// Powers of time up to an order.
  case polynomial(order: Int)
}

/// How the noise's memory is modelled.
public enum Noise: String, Codable, CaseIterable, Sendable {
  /// None: ordinary least squares.
  case ols

  /// First-order autoregression, prewhitened exactly.
  case ar1

  /// First-order autoregression with white noise on top, prewhitened exactly.
  case arma11
}

/// A question to the estimates, by name.
public struct ContrastRequest: Codable, Equatable, Sendable {
  /// Its name.
  public var name: String

  /// A weighted sum of conditions; rows of an F contrast are separated by commas.
  public var expression: String

  /// How a question is tested, where its rows leave that open.
  public enum Test: String, Codable, CaseIterable, Sendable {
    /// By an F, though it has one row.
    case f = "F"
  }

  /// How it is tested; `nil` for t where there is one row, and F where there are several.
  public var test: Test?

  /// Creates a contrast.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - expression: A weighted sum of conditions; rows of an F contrast are separated by commas.
  ///   - test: How it is tested, where its rows leave that open.
  public init(name: String, expression: String, test: Test? = nil) {
    self.name = name
    self.expression = expression
    self.test = test
  }
}
