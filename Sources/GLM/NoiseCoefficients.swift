internal import GLMKernel
internal import Imaging

/// The lag-1 coefficients of every voxel's noise, and what became of them.
struct NoiseCoefficients {
  /// One per voxel of the mask, inside ``noiseCoefficientRange``; NaN where the voxel is unusable.
  private(set) var values: [Double]

  /// The number of voxels whose estimate met a bound.
  private(set) var clippedCount = 0

  /// The number of voxels whose corrected variance was not positive, fitted without memory.
  private(set) var undeterminedCount = 0

  /// No memory in any voxel.
  ///
  /// - Parameter count: The number of voxels of the mask.
  init(zeros count: Int) { values = [Double](repeating: 0, count: count) }

  /// Estimates the coefficients of a run.
  ///
  /// Each voxel's residual autocovariances are divided by its own lag 0, or bright and vascular
  /// voxels would rule; averaged over neighbours; freed of the bias of the voxel's design; and
  /// only then divided and clipped.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  init(of request: RunFitRequest, designs: [KernelDesign]) {
    let count = request.series.mask.count
    let lagCount = designs.map(\.lagPairs.count).min() ?? 1
    let maps = residualCorrelations(of: request, designs: designs, lagCount: lagCount)
    let isUsable = maps[0].map(\.isFinite)
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
    values = [Double](repeating: .nan, count: count)
    for place in 0..<count where isUsable[place] {
      let estimate = NoiseEstimate(
        autocovariances: averaged.map { $0[place] },
        correctedBy: designs[request.designOfVoxel[place]].lagMatrix
      )
      values[place] = estimate.coefficient
      clippedCount += estimate.isClipped ? 1 : 0
      undeterminedCount += estimate.isDetermined ? 0 : 1
    }
  }
}

/// One coefficient from residual autocovariances.
struct NoiseEstimate {
  /// The coefficient, inside ``noiseCoefficientRange``; 0 where it is not determined.
  let coefficient: Double

  /// Whether the estimate met a bound.
  let isClipped: Bool

  /// Whether the corrected variance is positive, and so a coefficient exists.
  let isDetermined: Bool

  /// Corrects, divides and clips.
  ///
  /// - Parameters:
  ///   - autocovariances: Of the residuals, from lag 0, in any one unit.
  ///   - matrix: The design's.
  init(autocovariances: [Double], correctedBy matrix: LagMatrix) {
    guard let noise = matrix.corrected(autocovariances), noise.count > 1, noise[0] > 0,
      (noise[1] / noise[0]).isFinite
    else {
      (coefficient, isClipped, isDetermined) = (0, false, false)
      return
    }
    let range = noiseCoefficientRange
    let raw = noise[1] / noise[0]
    coefficient = min(max(raw, range.lowerBound), range.upperBound)
    isClipped = raw != coefficient
    isDetermined = true
  }
}

/// Every voxel's residual autocovariances divided by its own lag 0, lag after lag.
private func residualCorrelations(
  of request: RunFitRequest,
  designs: [KernelDesign],
  lagCount: Int
) -> [[Double]] {
  let width = MaskedSeries.laneCount
  let count = request.series.mask.count
  var flat = [Double](repeating: .nan, count: lagCount * count)
  flat.withUnsafeMutableBufferPointer { flat in
    guard let base = flat.baseAddress else { return }
    let target = SlabPointer(base)
    forEachStrip(
      of: request.series,
      designOfVoxel: request.designOfVoxel,
      threads: request.threads
    ) { strip in
      let design = designs[strip.design]
      var sums = [Double](repeating: 0, count: design.lagPairs.count * width)
      ReferenceKernel().autocovariances(strip.values, design: design, into: &sums)
      for lane in strip.lanes where request.baseline[strip.firstPlace + lane] > 0 {
        for lag in 0..<lagCount {
          target.base[lag * count + strip.firstPlace + lane] =
            sums[lag * width + lane] / sums[lane]
        }
      }
    }
  }
  return (0..<lagCount).map { Array(flat[$0 * count..<($0 + 1) * count]) }
}
