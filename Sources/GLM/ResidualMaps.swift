internal import GLMKernel
internal import Imaging

/// What the least-squares residuals of a run tell, from one pass over its strips.
struct ResidualMaps {
  /// Every voxel's residual correlations, the lags from 1 in the place of volumes; NaN where unusable.
  ///
  /// The sums of products at each lag are divided by the voxel's own at lag 0, or bright and vascular
  /// voxels would rule their neighbours.
  private(set) var correlations: MaskedSeries

  /// The share of each voxel's variance over time that the design explains, 0 to 1.
  private(set) var rSquared: [Double]

  /// How smooth the residuals are along the stored axes, in mm; see ``smoothness(of:threads:)``.
  let fwhm: SIMD3<Double>

  /// Goes over the strips.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  ///   - summaries: Are filled, where they are kept.
  init(of request: RunFitRequest, designs: [KernelDesign], summaries: StripSummaries) {
    let mask = request.series.mask
    let lagCount = (designs.first?.lagPairs.count ?? 1) - 1
    let rows = spread(witnessCount, over: request.keptVolumes.count)
    let baseline = request.baseline
    var correlations = MaskedSeries(zerosIn: mask, volumeCount: lagCount)
    var witnesses = MaskedSeries(zerosIn: mask, volumeCount: rows.count)
    var rSquared = [Double](repeating: .nan, count: mask.count)
    correlations.strips.withUnsafeMutableBufferPointer { correlations in
      witnesses.strips.withUnsafeMutableBufferPointer { witnesses in
        rSquared.withUnsafeMutableBufferPointer { rSquared in
          guard let rSquared = rSquared.baseAddress else { return }
          let target = ResidualTarget(
            correlations: SlabBuffer(correlations, rowCount: lagCount),
            witnesses: SlabBuffer(witnesses, rowCount: rows.count),
            rSquared: SlabPointer(rSquared),
            witnessRows: rows
          )
          forEachStrip(of: request, designs: designs) { strip, workspace in
            let design = designs[strip.design]
            target.take(strip, design: design, baseline: baseline, workspace, summaries)
          }
        }
      }
    }
    self.correlations = correlations
    self.rSquared = rSquared
    fwhm = smoothness(of: witnesses, threads: request.threads)
  }
}

extension ResidualMaps {
  /// The correlations at lags 1, 2 and 3 as maps; fewer where volumes are few.
  ///
  /// - Parameter threads: The number of threads.
  /// - Returns: One map per lag.
  func autocorrelations(threads: Int) -> [MaskedMap] {
    let (correlations, mask) = (correlations, correlations.mask)
    return mapSlabs(min(3, correlations.volumeCount), threads: threads) { lag in
      MaskedMap(
        mask: mask,
        values: (0..<mask.count).map {
          Double(correlations.strips[correlations.offset(ofVoxel: $0, volume: lag)])
        }
      )
    }
  }
}

/// The volumes, at most, whose residuals tell how smooth the noise is.
private let witnessCount = 4

/// Places spread evenly over a number of rows.
private func spread(_ count: Int, over rows: Int) -> [Int32] {
  let count = min(count, rows)
  return (0..<count).map { Int32((2 * $0 + 1) * rows / (2 * count)) }
}

/// Strips of rows of 16 numbers.
private struct SlabBuffer {
  let base: SlabPointer<Float>?
  let rowCount: Int

  /// Wraps strips; there is no base where there are no rows.
  init(_ strips: UnsafeMutableBufferPointer<Float>, rowCount: Int) {
    base = strips.baseAddress.map { SlabPointer($0) }
    self.rowCount = rowCount
  }

  /// Stores the number of one lane in one row of a strip.
  func put(_ value: Float, row: Int, lane: Int, of strip: Strip) {
    base?.base[strip.firstPlace * rowCount + row * MaskedSeries.laneCount + lane] = value
  }
}

/// Where the pass leaves what it finds.
private struct ResidualTarget {
  let correlations: SlabBuffer
  let witnesses: SlabBuffer
  let rSquared: SlabPointer<Double>
  let witnessRows: [Int32]

  /// Forms the residuals of a strip and stores what they tell, NaN where a voxel has no baseline.
  func take(
    _ strip: Strip,
    design: KernelDesign,
    baseline: [Double],
    _ workspace: StripWorkspace,
    _ summaries: StripSummaries
  ) {
    let width = MaskedSeries.laneCount
    var values = [Float](repeating: 0, count: witnessRows.count * width)
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      summaries.receive(strip, kernel: workspace.kernel, design: design) { summary in
        workspace.kernel.estimate(
          strip.values,
          design: design,
          scratch: workspace.scratch,
          into: &workspace.numbers,
          summary: summary,
          witnesses: (witnessRows, base)
        )
      }
    }
    workspace.numbers.withUnsafeBufferPointer { sums in
      for lane in strip.lanes {
        let place = strip.firstPlace + lane
        let isUsable = baseline[place] > 0
        let share = isUsable ? 1 / sums[lane] : .nan
        for lag in 0..<correlations.rowCount {
          let correlation = Float(share * sums[(lag + 1) * width + lane])
          correlations.put(correlation, row: lag, lane: lane, of: strip)
        }
        for row in 0..<witnesses.rowCount {
          let witness = isUsable ? values[row * width + lane] : .nan
          witnesses.put(witness, row: row, lane: lane, of: strip)
        }
        let total = sums[(correlations.rowCount + 1) * width + lane]
        rSquared.base[place] = isUsable ? 1 - sums[lane] / total : .nan
      }
    }
  }
}
