/// One region's answer to one contrast; NaN stands for what is not available.
public struct RegionLine: Equatable, Sendable {
  /// The atlas' name; empty where there is only one.
  public var atlas = ""

  /// The region's name.
  public var region: String

  /// The side: `L`, `R`, `M` or `n/a`.
  public var hemisphere: String

  /// The number of voxels, as a sum of weights.
  public var voxels: Double

  /// The share of the region that is in view, 0 to 1.
  public var coverage: Double

  /// The effect, in the contrast's unit.
  public var effect: Double

  /// Its standard error.
  public var standardError: Double

  /// The effect divided by its standard error.
  public var t: Double

  /// The degrees of freedom of `t`, or the denominator's of `f`.
  public var degreesOfFreedom: Double

  /// The two-sided p of `t`, or the upper-tail p of `f`.
  public var p: Double

  /// The F of an F contrast, which has neither effect nor t.
  public var f: Double = .nan

  /// The numerator's degrees of freedom of `f`; `nil` for a t contrast.
  public var numeratorDegreesOfFreedom: Double?

  /// The share of the region's voxels above the false discovery threshold, 0 to 1.
  public var share: Double = .nan

  /// The strongest z among its voxels.
  public var peakZ: Double = .nan

  /// Where that is, in mm of the template, where known.
  public var peakPosition: SIMD3<Double>?

  /// What to mind, such as `few voxels`.
  public var flags: [String] = []

  /// Creates a line without voxel-wise numbers.
  ///
  /// - Parameters:
  ///   - region: The region's name.
  ///   - hemisphere: The side: `L`, `R`, `M` or `n/a`.
  ///   - voxels: The number of voxels, as a sum of weights.
  ///   - coverage: The share of the region that is in view, 0 to 1.
  ///   - effect: The effect, in the contrast's unit.
  ///   - standardError: Its standard error.
  ///   - t: The effect divided by its standard error.
  ///   - degreesOfFreedom: The degrees of freedom of `t`, or the denominator's of `f`.
  ///   - p: The two-sided p of `t`, or the upper-tail p of `f`.
  public init(
    region: String,
    hemisphere: String,
    voxels: Double,
    coverage: Double,
    effect: Double,
    standardError: Double,
    t: Double,
    degreesOfFreedom: Double,
    p: Double
  ) {
    self.region = region
    self.hemisphere = hemisphere
    self.voxels = voxels
    self.coverage = coverage
    self.effect = effect
    self.standardError = standardError
    self.t = t
    self.degreesOfFreedom = degreesOfFreedom
    self.p = p
  }
}
