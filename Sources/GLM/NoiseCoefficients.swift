internal import GLMKernel
internal import Imaging
internal import Job

/// The noise of every voxel, and what became of the estimates.
struct NoiseCoefficients {
  /// One per voxel of the mask; of NaN where the voxel is unusable.
  private(set) var values: [NoiseShape]

  /// The number of voxels whose estimate met a bound.
  private(set) var clippedCount = 0

  /// The number of voxels of whose memory nothing can be told, fitted without.
  private(set) var undeterminedCount = 0

  /// No memory in any voxel.
  ///
  /// - Parameter count: The number of voxels of the mask.
  init(whiteIn count: Int) { values = [NoiseShape](repeating: .white, count: count) }

  /// Estimates the noise of a run.
  ///
  /// Each voxel's residual correlations are averaged over its neighbours inside the mask, and compared
  /// with those that are expected under the voxel's design.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - correlations: Those of the residuals, with lags in the place of volumes.
  ///   - designs: The run's designs.
  init(of request: RunFitRequest, correlations: MaskedSeries, designs: [KernelDesign]) {
    let count = request.series.mask.count
    self.init(whiteIn: count)
    let (noise, designOfVoxel) = (request.noise, request.designOfVoxel)
    // First-order noise is found from the neighbours in time alone.
    let lags = 0..<(noise == .ar1 ? min(1, correlations.volumeCount) : correlations.volumeCount)
    let own = correlations.prefix(lags.count)
    let isUsable = (0..<count).map { place in
      lags.allSatisfy { own.strips[own.offset(ofVoxel: place, volume: $0)].isFinite }
    }
    let averaged = smooth(
      own,
      fwhm: request.regularisationFWHM,
      leavingOut: isUsable.indices.filter { !isUsable[$0] },
      threads: request.threads
    )
    // Many designs side by side, or one on all threads.
    let (outer, inner) = designs.count > 1 ? (request.threads, 1) : (1, request.threads)
    let tables = mapSlabs(designs.count, threads: outer) {
      NoiseTable(of: designs[$0], for: noise, threads: inner)
    }
    estimate(noise, from: averaged, where: isUsable, threads: request.threads) {
      tables[designOfVoxel[$0]]
    }
  }

  /// Looks every usable voxel's noise up in the table of its design.
  private mutating func estimate(
    _ model: Noise,
    from correlations: MaskedSeries,
    where isUsable: [Bool],
    threads: Int,
    table: @Sendable (Int) -> NoiseTable
  ) {
    let slabLength = 1024
    let (count, lags) = (values.count, 0..<correlations.volumeCount)
    let counts = values.withUnsafeMutableBufferPointer {
      values -> [(clipped: Int, undetermined: Int)] in
      guard let base = values.baseAddress else { return [] }
      let target = SlabPointer(base)
      return mapSlabs((count + slabLength - 1) / slabLength, threads: threads) { slab in
        var counts = (clipped: 0, undetermined: 0)
        var numbers = [Float](repeating: 0, count: lags.count)
        for place in slab * slabLength..<min((slab + 1) * slabLength, count) {
          guard isUsable[place] else {
            target.base[place] = NoiseShape(memory: .nan, share: .nan)
            continue
          }
          for lag in lags {
            numbers[lag] = correlations.strips[correlations.offset(ofVoxel: place, volume: lag)]
          }
          guard let estimate = table(place).estimate(model, from: numbers) else {
            counts.undetermined += 1
            continue
          }
          target.base[place] = estimate.shape
          counts.clipped += estimate.isClipped ? 1 : 0
        }
        return counts
      }
    }
    clippedCount = counts.reduce(0) { $0 + $1.clipped }
    undeterminedCount = counts.reduce(0) { $0 + $1.undetermined }
  }
}
