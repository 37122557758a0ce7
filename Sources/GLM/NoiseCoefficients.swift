internal import GLMKernel
internal import Imaging
internal import Job

/// The noise of every voxel, and what became of the estimates.
struct NoiseCoefficients {
  /// One per voxel of the mask; of NaN where the voxel is unusable.
  private(set) var values: [NoiseShape]

  /// The number of voxels whose estimate met a bound.
  private(set) var clippedCount = 0

  /// The number of voxels whose corrected variance was not positive, fitted without memory.
  private(set) var undeterminedCount = 0

  /// No memory in any voxel.
  ///
  /// - Parameter count: The number of voxels of the mask.
  init(whiteIn count: Int) { values = [NoiseShape](repeating: .white, count: count) }

  /// Estimates the coefficients of a run.
  ///
  /// Each voxel's residual autocovariances are divided by its own lag 0, or bright and vascular
  /// voxels would rule; averaged over neighbours; freed of the bias of the voxel's design; and
  /// only then divided and clipped.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - correlations: Those of the residuals, with lags in the place of volumes.
  ///   - designs: The run's designs.
  init(of request: RunFitRequest, correlations: MaskedSeries, designs: [KernelDesign]) {
    let count = request.series.mask.count
    let lagCount = correlations.volumeCount + 1
    let maps =
      [[Double](repeating: 1, count: count)]
      + (1..<lagCount).map { lag in
        (0..<count).map {
          Double(correlations.strips[correlations.offset(ofVoxel: $0, volume: lag - 1)])
        }
      }
    let isUsable = maps.last.map { $0.map(\.isFinite) } ?? []
    let average = NeighbourAverage(
      over: request.series.mask,
      usable: isUsable,
      fwhm: request.regularisationFWHM
    )
    var averaged = [[Double]](repeating: [], count: lagCount)
    averaged.withUnsafeMutableBufferPointer { averaged in
      guard let base = averaged.baseAddress else { return }
      let slots = SlabPointer(base)
      forEachSlab(lagCount, threads: request.threads) { lag in
        slots.base[lag] = average(maps[lag])
      }
    }
    values = [NoiseShape](repeating: NoiseShape(memory: .nan, share: .nan), count: count)
    for place in 0..<count where isUsable[place] {
      let estimate = NoiseEstimate(
        request.noise,
        autocovariances: averaged.map { $0[place] },
        design: designs[request.designOfVoxel[place]]
      )
      values[place] = estimate.shape
      clippedCount += estimate.isClipped ? 1 : 0
      undeterminedCount += estimate.isDetermined ? 0 : 1
    }
  }
}

/// The shape of noise from the autocovariances of residuals.
struct NoiseEstimate {
  /// The noise; white where it is not determined.
  let shape: NoiseShape

  /// Whether the estimate met a bound.
  let isClipped: Bool

  /// Whether the corrected variance is positive, and so a shape exists.
  let isDetermined: Bool

  /// Corrects, fits the model and clips.
  ///
  /// - Parameters:
  ///   - model: Which shapes are taken into account.
  ///   - autocovariances: Of the residuals, from lag 0, in any one unit.
  ///   - design: The design.
  init(_ model: Noise, autocovariances: [Double], design: KernelDesign) {
    guard let noise = design.lagMatrix.corrected(autocovariances), noise.count > 1, noise[0] > 0,
      noise.allSatisfy(\.isFinite)
    else {
      (shape, isClipped, isDetermined) = (.white, false, false)
      return
    }
    let correlations = noise.map { $0 / noise[0] }
    isDetermined = true
    switch model {
    case .ols:
      (shape, isClipped) = (.white, false)
    case .ar1:
      let range = noiseMemoryRange
      let memory = min(max(correlations[1], range.lowerBound), range.upperBound)
      (shape, isClipped) = (.firstOrder(memory), memory != correlations[1])
    case .arma11:
      shape = decay(correlations, pairs: design.lagPairs.map(\.count))
      isClipped = correlations[1] < 0
    }
  }
}

/// Returns the memory and share whose correlations are nearest to those given.
///
/// The share × memoryᵏ, k > 0, that leaves the least sum of squares weighted by the number of pairs:
/// the share in closed form for each memory, the memory by a search. No memory where successive
/// volumes oppose each other.
private func decay(_ correlations: [Double], pairs: [Int]) -> NoiseShape {
  guard correlations[1] > 0 else { return .white }
  func fit(_ memory: Double) -> (share: Double, gain: Double) {
    var (product, square, power) = (0.0, 0.0, 1.0)
    for lag in 1..<correlations.count {
      power *= memory
      product += Double(pairs[lag]) * correlations[lag] * power
      square += Double(pairs[lag]) * power * power
    }
    let share = square > 0 ? min(max(product / square, 0), 1) : 0
    return (share, share * (2 * product - share * square))
  }
  var (low, high) = (0.0, noiseMemoryRange.upperBound)
  let grid = (0...97).map { Double($0) * 0.01 }
  if let best = grid.max(by: { fit($0).gain < fit($1).gain }) {
    (low, high) = (max(low, best - 0.01), min(high, best + 0.01))
  }
  for _ in 0..<30 {
    let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
    if fit(a).gain < fit(b).gain { low = a } else { high = b }
  }
  let memory = 0.5 * (low + high)
  return NoiseShape(memory: memory, share: fit(memory).share)
}
