internal import Algebra
internal import GLMKernel
internal import Imaging

/// The maps of a fit, one value per voxel in each, NaN where there is none.
struct FitMaps {
  /// The maps of one contrast.
  enum Row: Int, CaseIterable {
    case effect, variance, statistic, z, p
  }

  /// The standard deviation of the noise first, then those of each contrast from its start on.
  private let maps: [[Double]]
  private let starts: [Int]

  /// Fits every voxel.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  ///   - noise: The noise of every voxel.
  ///   - summaries: What first-order noise is fitted from, where it can be.
  init(
    of request: RunFitRequest,
    designs: [KernelDesign],
    noise: [NoiseShape],
    summaries: StripSummaries
  ) {
    var starts = [1]
    for contrast in designs[0].contrasts {
      // An F has its effects and their covariance after the usual maps.
      let joint = contrast.kind == .f ? contrast.resultCount - 1 : 0
      starts.append((starts.last ?? 1) + Row.allCases.count + joint)
    }
    let store = MapStore(mapCount: starts.last ?? 1, voxelCount: request.series.mask.count)
    let tails = StatisticTails.each(of: designs)
    let baseline = request.baseline
    forEachStrip(of: request, designs: designs) { [starts] strip, workspace in
      let design = designs[strip.design]
      workspace.fit(strip, design: design, noise: noise, summary: summaries[strip.index])
      workspace.numbers.withUnsafeBufferPointer { results in
        let filler = StripFiller(
          strip: strip,
          results: results,
          scales: strip.lanes.map { lane in
            let scale = 100 / baseline[strip.firstPlace + lane]
            return scale > 0 && scale.isFinite && results[lane] > 0 ? scale : .nan
          },
          tails: tails[strip.design],
          store: store
        )
        filler.fillDeviation()
        for (index, contrast) in design.contrasts.enumerated() {
          filler.fill(contrast, from: starts[index])
        }
      }
    }
    self.starts = starts
    maps = store.handOver(threads: request.threads)
  }

  /// The standard deviation of the noise, in % signal change.
  var deviation: [Double] { maps[0] }

  /// One map of one contrast.
  subscript(row: Row, of contrast: Int) -> [Double] { maps[starts[contrast] + row.rawValue] }

  /// Returns the effects of an F contrast and their covariance.
  ///
  /// - Parameters:
  ///   - contrast: The contrast, counted from 0.
  ///   - basis: The same contrast.
  ///   - mask: The voxels.
  /// - Returns: The maps.
  func joint(_ contrast: Int, _ basis: BasisContrast, mask: Mask) -> JointMaps {
    let first = starts[contrast] + Row.allCases.count
    let end = first + basis.resultCount - 1
    let maps = maps[first..<end].map { MaskedMap(mask: mask, values: $0) }
    let count = basis.rows.rowCount
    return JointMaps(
      rows: basis.keptRows,
      effects: Array(maps.prefix(count)),
      covariance: Array(maps.dropFirst(count))
    )
  }
}

/// Room for maps, written to by several threads.
///
/// Every voxel's values are written once, by one thread, before the maps are handed over.
private final class MapStore: @unchecked Sendable {
  private let voxelCount: Int
  private var maps: [UnsafeMutablePointer<Double>]

  init(mapCount: Int, voxelCount: Int) {
    self.voxelCount = voxelCount
    maps = (0..<mapCount).map { _ in .allocate(capacity: max(1, voxelCount)) }
  }

  deinit { for map in maps { map.deallocate() } }

  /// Where a map lies.
  subscript(map: Int) -> UnsafeMutablePointer<Double> { maps[map] }

  /// The values of all maps; the room of each is given back as soon as it is copied.
  func handOver(threads: Int) -> [[Double]] {
    let given = maps.map { SlabPointer($0) }
    maps = []
    return mapSlabs(given.count, threads: threads) { [voxelCount] index in
      defer { given[index].base.deallocate() }
      return Array(UnsafeBufferPointer(start: given[index].base, count: voxelCount))
    }
  }
}

extension StripWorkspace {
  /// Fits the lanes of a strip and leaves the kernel's results in ``numbers``.
  fileprivate func fit(
    _ strip: Strip,
    design: KernelDesign,
    noise shapes: [NoiseShape],
    summary: UnsafeRawPointer?
  ) {
    for index in noise.indices { noise[index] = 0 }
    for lane in strip.lanes {
      // What is not usable must not send its neighbours another way.
      let known = shapes[strip.firstPlace + lane]
      let shape = known.isValid ? known : .white
      (noise[lane], noise[MaskedSeries.laneCount + lane]) = (shape.memory, shape.share)
    }
    if let summary {
      kernel.fit(
        summary: summary,
        design: design,
        memory: noise,
        scratch: scratch,
        into: &numbers
      )
    } else {
      kernel.fit(
        strip.values,
        design: design,
        noise: noise,
        scratch: scratch,
        into: &numbers
      )
    }
  }
}

/// Puts the kernel's results of one strip into the maps.
private struct StripFiller {
  let strip: Strip
  let results: UnsafeBufferPointer<Double>

  /// For each of the strip's lanes what makes % signal change, or NaN.
  let scales: [Double]
  let tails: StatisticTails
  let store: MapStore

  private func result(_ row: Int, _ lane: Int) -> Double {
    results[row * MaskedSeries.laneCount + lane]
  }

  func fillDeviation() {
    let deviation = store[0] + strip.firstPlace
    for (lane, scale) in zip(strip.lanes, scales) {
      deviation[lane] = scale * result(0, lane).squareRoot()
    }
  }

  func fill(_ contrast: BasisContrast, from start: Int) {
    let map = { (row: FitMaps.Row) in store[start + row.rawValue] + strip.firstPlace }
    let (effects, variances) = (map(.effect), map(.variance))
    let (statistics, zs, ps) = (map(.statistic), map(.z), map(.p))
    for (lane, scale) in zip(strip.lanes, scales) {
      let first = result(contrast.firstResult, lane)
      var statistic = first
      switch contrast.kind {
      case .t:
        let variance = result(contrast.firstResult + 1, lane)
        statistic = first / variance.squareRoot()
        effects[lane] = scale * first
        variances[lane] = scale * scale * variance
      case .f:
        effects[lane] = .nan
        variances[lane] = .nan
        fillJoint(contrast, from: start + FitMaps.Row.allCases.count, lane: lane, scale: scale)
      }
      // Not a number where there is no answer.
      statistic += scale * 0
      let (p, z) = tails.pAndZ(statistic, of: contrast)
      statistics[lane] = statistic
      zs[lane] = z
      ps[lane] = p
    }
  }

  private func fillJoint(_ contrast: BasisContrast, from start: Int, lane: Int, scale: Double) {
    let parts = (1..<contrast.resultCount).map { result(contrast.firstResult + $0, lane) }
    for (offset, part) in contrast.ofKeptRows(parts).enumerated() {
      let unit = offset < contrast.rows.rowCount ? scale : scale * scale
      store[start + offset][strip.firstPlace + lane] = part * unit
    }
  }
}
