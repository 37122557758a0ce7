public import Design
public import GLMKernel
public import Job

/// The mean series of an atlas' regions, of which the noise is wanted.
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

/// Returns the noise of the mean series of an atlas' regions.
///
/// The autocovariances of each region's residuals are divided by their own lag 0, and averaged over
/// the regions; each region's shape is what these tell once they are freed of the bias of its own
/// design. Constant and non-finite series do not count.
///
/// - Parameter request: The regions.
/// - Returns: One shape per series; white for ordinary least squares, and where nothing can be told.
/// - Throws: ``GLMError`` where a design cannot be used.
public func regionNoise(_ request: RegionNoiseRequest) throws(GLMError) -> [NoiseShape] {
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
  guard request.noise != .ols else { return request.series.map { _ in .white } }
  var designs: [KernelDesign] = []
  var sums: [Double] = []
  for (series, design) in zip(request.series, request.designs) {
    let prepared = try prepare(
      [design],
      volumeCount: series.count,
      keptVolumes: request.keptVolumes,
      contrasts: [],
      maximumLag: maximumLag(repetitionTime: request.repetitionTime),
      threads: 1
    )[0]
    designs.append(prepared)
    let residual = ReferenceKernel().autocovariances(of: series, design: prepared)
    guard residual[0] > 0 else { continue }
    if sums.isEmpty { sums = residual.map { _ in 0 } }
    for lag in residual.indices { sums[lag] += residual[lag] / residual[0] }
  }
  return designs.map { design in
    sums.isEmpty
      ? .white : NoiseEstimate(request.noise, autocovariances: sums, design: design).shape
  }
}
