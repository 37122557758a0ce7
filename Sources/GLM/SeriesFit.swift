internal import Algebra
public import Design
public import GLMKernel
internal import Statistics

/// What is to be fitted to the mean series of one region.
public struct SeriesFitRequest: Sendable {
  /// One value per volume, in %.
  public var series: [Double]

  /// The region's own design, mixed over its slices as the series is.
  public var design: DesignMatrix

  /// The volumes that take part, ascending, counted from 0.
  public var keptVolumes: [Int]

  /// The questions.
  public var contrasts: [Contrast]

  /// The noise; see ``regionNoise(_:)``.
  public var noise: NoiseShape

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - series: One value per volume, in %.
  ///   - design: The region's own design.
  ///   - keptVolumes: The volumes that take part, ascending, counted from 0.
  ///   - contrasts: The questions.
  ///   - noise: The noise.
  public init(
    series: [Double],
    design: DesignMatrix,
    keptVolumes: [Int],
    contrasts: [Contrast],
    noise: NoiseShape
  ) {
    self.series = series
    self.design = design
    self.keptVolumes = keptVolumes
    self.contrasts = contrasts
    self.noise = noise
  }
}

/// The answer to one contrast for one series.
public struct SeriesEstimate: Equatable, Sendable {
  /// The question.
  public let contrast: Contrast

  /// The effect, in the series' unit (% signal change); NaN for F, which has none.
  public let effect: Double

  /// The effect's standard error, in the same unit; NaN for F.
  public let standardError: Double

  /// t or F; t is ``effect`` / ``standardError``.
  public let statistic: Double

  /// The degrees of freedom of the residuals; summed over combined runs.
  public let degreesOfFreedom: Double

  /// The numerator's degrees of freedom of an F; `nil` for t.
  public let numeratorDegreesOfFreedom: Double?

  /// The standard normal value with the same two-sided p, and the sign of t.
  public let z: Double

  /// The p value: two-sided for t, of the upper tail for F.
  public let p: Double

  /// What of an F can be combined over runs; `nil` for t.
  public let joint: JointEffects?
}

/// Fits a model to one series by generalised least squares.
///
/// - Parameter request: The series and its model.
/// - Returns: One estimate per contrast, in their order; NaN where the series is constant or not
///   finite.
/// - Throws: ``GLMError`` with the column or the contrast that cannot be used.
public func fitSeries(_ request: SeriesFitRequest) throws(GLMError) -> [SeriesEstimate] {
  let noise = request.noise
  guard noise.isValid else { throw .noise(noise) }
  let design = try prepare(
    [request.design],
    volumeCount: request.series.count,
    keptVolumes: request.keptVolumes,
    contrasts: request.contrasts,
    maximumLag: 0,
    threads: 1
  )[0]
  let results = ReferenceKernel().fit(request.series, design: design, noise: noise)
  let df = Double(design.degreesOfFreedom)
  return zip(request.contrasts, design.contrasts).map { contrast, place in
    switch place.kind {
    case .t:
      return SeriesEstimate(
        contrast,
        effect: results[place.firstResult],
        variance: results[place.firstResult + 1],
        degreesOfFreedom: df
      )
    case .f:
      let parts = place.ofKeptRows(
        Array(results[place.firstResult + 1..<place.firstResult + place.resultCount])
      )
      let joint = JointEffects(
        rows: place.keptRows,
        effects: Array(parts.prefix(place.rows.rowCount)),
        covariance: Array(parts.dropFirst(place.rows.rowCount))
      )
      let f = results[place.firstResult]
      return SeriesEstimate(contrast, f: f, joint: joint, degreesOfFreedom: df)
    }
  }
}

extension SeriesEstimate {
  /// Creates the estimate of a t contrast from its effect and that effect's variance.
  ///
  /// - Parameters:
  ///   - contrast: The question.
  ///   - effect: The effect.
  ///   - variance: The effect's variance.
  ///   - degreesOfFreedom: The degrees of freedom.
  init(_ contrast: Contrast, effect: Double, variance: Double, degreesOfFreedom: Double) {
    let error = variance.squareRoot()
    let t = effect / error
    self.init(
      contrast: contrast,
      effect: effect,
      standardError: error,
      statistic: t,
      degreesOfFreedom: degreesOfFreedom,
      numeratorDegreesOfFreedom: nil,
      z: Statistics.z(t: t, degreesOfFreedom: degreesOfFreedom),
      p: twoSidedP(t: t, degreesOfFreedom: degreesOfFreedom),
      joint: nil
    )
  }

  /// Creates the estimate of an F contrast.
  ///
  /// - Parameters:
  ///   - contrast: The question.
  ///   - f: The statistic.
  ///   - joint: The effects and their covariance.
  ///   - degreesOfFreedom: The denominator's degrees of freedom.
  init(_ contrast: Contrast, f: Double, joint: JointEffects, degreesOfFreedom: Double) {
    let numerator = Double(joint.effects.count)
    self.init(
      contrast: contrast,
      effect: .nan,
      standardError: .nan,
      statistic: f,
      degreesOfFreedom: degreesOfFreedom,
      numeratorDegreesOfFreedom: numerator,
      z: Statistics.z(f: f, numerator: numerator, denominator: degreesOfFreedom),
      p: upperTailP(f: f, numerator: numerator, denominator: degreesOfFreedom),
      joint: joint
    )
  }
}
