internal import GLMKernel
internal import Imaging

/// What the least-squares residuals of a run tell, from one pass over its strips.
struct ResidualPass {
  /// The volumes whose residuals are kept, at most, to see how smooth the noise is.
  static let witnessCount = 8

  /// Every voxel's residual correlations; NaN where it is unusable.
  ///
  /// The lags from 1 stand in the place of volumes.
  ///
  /// The sums of products at each lag are divided by the voxel's own at lag 0, or bright and vascular
  /// voxels would rule their neighbours.
  private(set) var correlations: MaskedSeries

  /// Residuals at a few volumes spread over the run, as shares of the root of their sum of squares.
  private(set) var witnesses: MaskedSeries

  /// The share of each voxel's variance over time that the design explains, 0 to 1.
  private(set) var rSquared: [Double]

  /// What first-order noise is fitted from.
  let summaries: StripSummaries

  /// Goes over the strips.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  init(of request: RunFitRequest, designs: [KernelDesign]) {
    let mask = request.series.mask
    let width = MaskedSeries.laneCount
    let lagCount = (designs.first?.lagPairs.count ?? 1) - 1
    let rows = spread(Self.witnessCount, over: request.keptVolumes.count)
    var correlations = MaskedSeries(zerosIn: mask, volumeCount: lagCount)
    var witnesses = MaskedSeries(zerosIn: mask, volumeCount: rows.count)
    var rSquared = [Double](repeating: .nan, count: mask.count)
    let summaries = StripSummaries(for: request, designs: designs)
    correlations.strips.withUnsafeMutableBufferPointer { correlations in
      witnesses.strips.withUnsafeMutableBufferPointer { witnesses in
        rSquared.withUnsafeMutableBufferPointer { rSquared in
          guard let correlation = correlations.baseAddress, let witness = witnesses.baseAddress,
            let share = rSquared.baseAddress
          else { return }
          let target = ResidualTarget(
            correlations: SlabPointer(correlation),
            witnesses: SlabPointer(witness),
            rSquared: SlabPointer(share)
          )
          forEachStrip(of: request, designs: designs) { strip, workspace in
            let design = designs[strip.design]
            var values = [Float](repeating: 0, count: rows.count * width)
            values.withUnsafeMutableBufferPointer { values in
              guard let base = values.baseAddress else { return }
              summaries.receive(strip, kernel: workspace.kernel, design: design) { summary in
                workspace.kernel.estimate(
                  strip.values,
                  design: design,
                  scratch: workspace.scratch,
                  into: &workspace.numbers,
                  summary: summary,
                  witnesses: (rows, base)
                )
              }
            }
            target.store(workspace.numbers, values, of: strip, lagCount: lagCount, request: request)
          }
        }
      }
    }
    self.correlations = correlations
    self.witnesses = witnesses
    self.rSquared = rSquared
    self.summaries = summaries
  }
}

/// Places spread evenly over a number of rows.
private func spread(_ count: Int, over rows: Int) -> [Int32] {
  let count = min(count, rows)
  return (0..<count).map { Int32((2 * $0 + 1) * rows / (2 * count)) }
}

/// Where the pass leaves what it finds.
private struct ResidualTarget {
  let correlations: SlabPointer<Float>
  let witnesses: SlabPointer<Float>
  let rSquared: SlabPointer<Double>

  /// Stores a strip's sums and witnesses, lane by lane; NaN where a voxel has no baseline.
  func store(
    _ sums: [Double],
    _ values: [Float],
    of strip: Strip,
    lagCount: Int,
    request: RunFitRequest
  ) {
    let width = MaskedSeries.laneCount
    let count = values.count / width
    for lane in strip.lanes {
      let place = strip.firstPlace + lane
      let isUsable = request.baseline[place] > 0
      let share = isUsable ? 1 / sums[lane] : .nan
      for lag in 0..<lagCount {
        correlations.base[strip.firstPlace * lagCount + lag * width + lane] =
          Float(share * sums[(lag + 1) * width + lane])
      }
      for row in 0..<count {
        witnesses.base[strip.firstPlace * count + row * width + lane] =
          isUsable ? values[row * width + lane] : .nan
      }
      rSquared.base[place] =
        isUsable ? 1 - sums[lane] / sums[(lagCount + 1) * width + lane] : .nan
    }
  }
}
