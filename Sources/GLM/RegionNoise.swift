public import Design
internal import GLMKernel
public import Job

/// The mean series of an atlas' regions, of which the common memory of the noise is wanted.
public struct RegionNoiseRequest: Sendable {
  /// One series per region, one value per volume.
  public var series: [[Double]]

  /// One design per region.
  public var designs: [DesignMatrix]

  /// The volumes that take part, ascending, counted from 0.
  public var keptVolumes: [Int]

  /// How the noise's memory is modelled.
  public var noise: Noise

  /// The time between volumes, in s.
  public var repetitionTime: Double

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - series: One series per region, one value per volume.
  ///   - designs: One design per region.
  ///   - keptVolumes: The volumes that take part, ascending, counted from 0.
  ///   - noise: How the noise's memory is modelled.
  ///   - repetitionTime: The time between volumes, in s.
  public init(
    series: [[Double]],
    designs: [DesignMatrix],
    keptVolumes: [Int],
    noise: Noise,
    repetitionTime: Double
  ) {
    self.series = series
    self.designs = designs
    self.keptVolumes = keptVolumes
    self.noise = noise
    self.repetitionTime = repetitionTime
  }
}

/// Returns the lag-1 coefficient of the noise of an atlas' mean region series.
///
/// The autocovariances of each region's residuals are divided by their own lag 0, and freed of the
/// bias of the region's own design; these are averaged over the regions, and only then divided and
/// clipped to ``noiseCoefficientRange``. Constant and non-finite series do not count.
///
/// - Parameter request: The regions.
/// - Returns: The coefficient; 0 for ordinary least squares, and where no region can be told.
/// - Throws: ``GLMError`` where a design cannot be used.
public func regionNoise(_ request: RegionNoiseRequest) throws(GLMError) -> Double {
  guard request.series.count == request.designs.count else {
    throw .shape(
      what: .regionDesigns,
      expected: request.series.count,
      found: request.designs.count
    )
  }
  guard request.repetitionTime > 0, request.repetitionTime.isFinite else {
    throw .outOfRange(.repetitionTime, request.repetitionTime)
  }
  guard request.noise == .ar1 else { return 0 }
  var sums = (lag0: 0.0, lag1: 0.0)
  for (series, design) in zip(request.series, request.designs) {
    let prepared = try prepare(
      [design],
      volumeCount: series.count,
      keptVolumes: request.keptVolumes,
      contrasts: [],
      maximumLag: maximumLag(repetitionTime: request.repetitionTime),
      threads: 1
    )[0]
    let residual = ReferenceKernel().autocovariances(of: series, design: prepared)
    guard residual[0] > 0 else { continue }
    let correlations = residual.map { $0 / residual[0] }
    guard let noise = prepared.lagMatrix.corrected(correlations), noise.count > 1 else { continue }
    sums.lag0 += noise[0]
    sums.lag1 += noise[1]
  }
  guard sums.lag0 > 0 else { return 0 }
  let range = noiseCoefficientRange
  return min(max(sums.lag1 / sums.lag0, range.lowerBound), range.upperBound)
}
