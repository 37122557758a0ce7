public import Design
public import GLMKernel
import Glibc
internal import Imaging
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

  /// The number of threads, on which no number depends.
  public var threads: Int

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - series: One series per region, one value per volume.
  ///   - designs: One design per region.
  ///   - keptVolumes: The volumes that take part, ascending, counted from 0.
  ///   - noise: How the noise's memory is modelled.
  ///   - repetitionTime: The time between volumes, in s.
  ///   - threads: The number of threads.
  public init(
    series: [[Double]],
    designs: [DesignMatrix],
    keptVolumes: [Int],
    noise: Noise,
    repetitionTime: Double,
    threads: Int = 1
  ) {
    self.series = series
    self.designs = designs
    self.keptVolumes = keptVolumes
    self.noise = noise
    self.repetitionTime = repetitionTime
    self.threads = threads
  }
}

/// The noise of the mean series of an atlas' regions.
public struct RegionNoise: Sendable {
  /// One shape per series; white for ordinary least squares, and where nothing can be told.
  public let shapes: [NoiseShape]

  /// The number of series of whose noise the kept volumes tell nothing.
  public let undeterminedCount: Int
}

/// Returns the noise of the mean series of an atlas' regions.
///
/// The autocovariances of each region's residuals are divided by their own lag 0, and drawn at each
/// lag towards their mean over the regions by as much as they differ by chance: all the way where the
/// regions do not differ otherwise. Each region's shape is what these tell under its own design.
/// Constant and non-finite series do not count.
///
/// - Parameter request: The regions.
/// - Returns: One shape per series.
/// - Throws: ``GLMError`` where a design cannot be used.
public func regionNoise(_ request: RegionNoiseRequest) throws(GLMError) -> RegionNoise {
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
  let white = request.series.map { _ in NoiseShape.white }
  guard request.noise != .ols else { return RegionNoise(shapes: white, undeterminedCount: 0) }
  let (tables, correlations) = try evidence(request)
  guard let table = tables.first, let mean = average(correlations.compactMap(\.self)) else {
    return RegionNoise(shapes: white, undeterminedCount: white.count)
  }
  let pooled = table.estimate(request.noise, from: mean.map { Float($0) })?.shape ?? .white
  let shares = distinctShares(
    correlations.compactMap(\.self),
    mean: mean,
    noise: pooled,
    volumeCount: request.keptVolumes.count
  )
  let shapes = zip(tables, correlations).map { table, own in
    let own = own ?? mean
    let drawn = mean.indices.map { Float(mean[$0] + shares[$0] * (own[$0] - mean[$0])) }
    return table.estimate(request.noise, from: drawn)?.shape
  }
  return RegionNoise(
    shapes: shapes.map { $0 ?? .white },
    undeterminedCount: shapes.count { $0 == nil }
  )
}

/// What each region's residuals show at lags 1, 2, ..., beside the table of its design.
private func evidence(
  _ request: RegionNoiseRequest
) throws(GLMError) -> (tables: [NoiseTable], correlations: [[Double]?]) {
  var distinct: [DesignMatrix] = []
  let places = request.designs.map { design in
    if distinct.last != design { distinct.append(design) }
    return distinct.count - 1
  }
  let volumeCount = request.series.first?.count ?? 0
  if let odd = request.series.first(where: { $0.count != volumeCount }) {
    throw .shape(what: .designRows, expected: volumeCount, found: odd.count)
  }
  guard !distinct.isEmpty else { return ([], []) }
  let designs = try prepare(
    distinct,
    volumeCount: volumeCount,
    keptVolumes: request.keptVolumes,
    contrasts: [],
    maximumLag: maximumLag(request.noise, repetitionTime: request.repetitionTime),
    threads: request.threads
  )
  let tables = mapSlabs(designs.count, threads: request.threads) {
    NoiseTable(of: designs[$0], for: request.noise, threads: 1)
  }
  let correlations = mapSlabs(request.series.count, threads: request.threads) { region in
    let sums = ReferenceKernel().autocovariances(
      of: request.series[region],
      design: designs[places[region]]
    )
    return sums[0] > 0 ? sums.dropFirst().map { $0 / sums[0] } : nil
  }
  return (places.map { tables[$0] }, correlations)
}

/// The mean of some vectors, lag by lag; `nil` where there are none.
private func average(_ vectors: [[Double]]) -> [Double]? {
  guard let first = vectors.first else { return nil }
  return first.indices.map { lag in
    vectors.reduce(0) { $0 + $1[lag] } / Double(vectors.count)
  }
}

/// The share of the regions' differences at each lag that chance does not explain, 0 to 1.
///
/// Chance is the variance of the correlations of regions with one noise.
///
/// - Parameters:
///   - correlations: Those of each region.
///   - mean: Their mean.
///   - noise: The noise that the mean tells.
///   - volumeCount: The number of kept volumes.
/// - Returns: One share per lag; 0 where there is one region.
private func distinctShares(
  _ correlations: [[Double]],
  mean: [Double],
  noise: NoiseShape,
  volumeCount: Int
) -> [Double] {
  mean.indices.map { lag in
    let squares = correlations.reduce(0) { sum, own in
      sum + (own[lag] - mean[lag]) * (own[lag] - mean[lag])
    }
    guard correlations.count > 1, squares > 0 else { return 0 }
    let found = squares / Double(correlations.count - 1)
    let byChance = correlationVariance(noise, lag: lag + 1) / Double(volumeCount)
    return min(max(1 - byChance / found, 0), 1)
  }
}

/// The variance of a sample correlation, times the number of volumes.
///
/// Source: Bartlett (1946), *J. R. Stat. Soc. Suppl.* 8(1), 27-41, eq. 7.
private func correlationVariance(_ noise: NoiseShape, lag: Int) -> Double {
  let end = 200
  let powers = (0...end + lag).map { $0 == 0 ? 1 : noise.share * pow(noise.memory, Double($0)) }
  let at = { (place: Int) in powers[abs(place)] }
  return (-end...end).reduce(0) { sum, place in
    let (here, before, after) = (at(place), at(place - lag), at(place + lag))
    return sum + here * here + before * after
      + 2 * at(lag) * here * (at(lag) * here - 2 * before)
  }
}
