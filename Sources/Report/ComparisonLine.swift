/// One region's answer to one comparison; NaN stands for what is not available.
public struct ComparisonLine: Equatable, Sendable {
  /// The region's name.
  public var region: String

  /// The side: `L`, `R`, `M` or `n/a`.
  public var hemisphere: String

  /// How many took part, such as `20 + 19`.
  public var counts: String

  /// The difference or mean.
  public var estimate: Double

  /// The lower end of its 95 % interval.
  public var lower: Double

  /// The upper end of its 95 % interval.
  public var upper: Double

  /// The standardised effect size.
  public var g: Double

  /// The t statistic.
  public var t: Double

  /// Its degrees of freedom.
  public var degreesOfFreedom: Double

  /// Its two-sided p.
  public var p: Double

  /// The p adjusted for the false discovery rate over the regions.
  public var q: Double

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - region: The region's name.
  ///   - hemisphere: The side: `L`, `R`, `M` or `n/a`.
  ///   - counts: How many took part, such as `20 + 19`.
  ///   - estimate: The difference or mean.
  ///   - lower: The lower end of its 95 % interval.
  ///   - upper: The upper end of its 95 % interval.
  ///   - g: The standardised effect size.
  ///   - t: The t statistic.
  ///   - degreesOfFreedom: Its degrees of freedom.
  ///   - p: Its two-sided p.
  ///   - q: The p adjusted for the false discovery rate over the regions.
  public init(
    region: String,
    hemisphere: String,
    counts: String,
    estimate: Double,
    lower: Double,
    upper: Double,
    g: Double,
    t: Double,
    degreesOfFreedom: Double,
    p: Double,
    q: Double
  ) {
    self.region = region
    self.hemisphere = hemisphere
    self.counts = counts
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.g = g
    self.t = t
    self.degreesOfFreedom = degreesOfFreedom
    self.p = p
    self.q = q
  }
}
