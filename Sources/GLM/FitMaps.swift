internal import Algebra
internal import GLMKernel
internal import Imaging

/// The maps of a fit while they are filled.
struct FitMaps {
  /// The maps of one contrast.
  enum Row: Int, CaseIterable {
    case effect, variance, statistic, z, p
  }

  private let starts: [Int]
  private let store: MapStore

  /// Makes room.
  ///
  /// - Parameters:
  ///   - contrasts: The contrasts; an F has its effects and their covariance after the usual maps.
  ///   - voxelCount: The number of voxels of the mask.
  init(contrasts: [BasisContrast], voxelCount: Int) {
    var starts = [1]
    for contrast in contrasts {
      let joint = contrast.kind == .f ? contrast.resultCount - 1 : 0
      starts.append((starts.last ?? 1) + Row.allCases.count + joint)
    }
    self.starts = starts
    store = MapStore(mapCount: starts.last ?? 1, voxelCount: voxelCount)
  }

  /// Takes out the standard deviation of the noise, in % signal change.
  func takeDeviation() -> [Double] { store.take(0) }

  /// Takes out one map of one contrast.
  ///
  /// - Parameters:
  ///   - row: Which.
  ///   - contrast: The contrast, counted from 0.
  /// - Returns: One value per voxel, NaN where there is none.
  func take(_ row: Row, of contrast: Int) -> [Double] {
    store.take(starts[contrast] + row.rawValue)
  }

  /// Takes out the effects of an F contrast and their covariance.
  ///
  /// - Parameters:
  ///   - contrast: The contrast, counted from 0.
  ///   - basis: The same contrast.
  ///   - mask: The voxels.
  /// - Returns: The maps.
  func takeJoint(_ contrast: Int, _ basis: BasisContrast, mask: Mask) -> JointMaps {
    let first = starts[contrast] + Row.allCases.count
    let end = first + basis.resultCount - 1
    let maps = (first..<end).map { MaskedMap(mask: mask, values: store.take($0)) }
    let count = basis.rows.rowCount
    return JointMaps(
      rows: basis.keptRows,
      effects: Array(maps.prefix(count)),
      covariance: Array(maps.dropFirst(count))
    )
  }

  /// Fits every voxel.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  ///   - noise: The noise of every voxel.
  ///   - summaries: What first-order noise is fitted from, where it can be.
  func fill(
    _ request: RunFitRequest,
    designs: [KernelDesign],
    noise: [NoiseShape],
    summaries: StripSummaries
  ) {
    let tails = StatisticTails.each(of: designs)
    let baseline = request.baseline
    forEachStrip(of: request, designs: designs) { strip, workspace in
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
  }
}

/// Room for maps, each handed over as an array of its own.
///
/// Every voxel's values are written once, by one thread, before any map is taken.
private final class MapStore: @unchecked Sendable {
  private let voxelCount: Int
  private var maps: [UnsafeMutablePointer<Double>?]

  init(mapCount: Int, voxelCount: Int) {
    self.voxelCount = voxelCount
    maps = (0..<mapCount).map { _ in .allocate(capacity: max(1, voxelCount)) }
  }

  deinit { for map in maps { map?.deallocate() } }

  func put(_ value: Double, in map: Int, at place: Int) { maps[map]?[place] = value }

  /// The values of a map, whose room is given back; nothing where it was taken before.
  func take(_ map: Int) -> [Double] {
    guard let values = maps[map] else { return [] }
    defer {
      values.deallocate()
      maps[map] = nil
    }
    return Array(UnsafeBufferPointer(start: values, count: voxelCount))
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
      let shape = shapes[strip.firstPlace + lane]
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
    for (lane, scale) in zip(strip.lanes, scales) {
      store.put(scale * result(0, lane).squareRoot(), in: 0, at: strip.firstPlace + lane)
    }
  }

  func fill(_ contrast: BasisContrast, from start: Int) {
    for (lane, scale) in zip(strip.lanes, scales) {
      let place = strip.firstPlace + lane
      let put = { (row: FitMaps.Row, value: Double) in
        store.put(value, in: start + row.rawValue, at: place)
      }
      let first = result(contrast.firstResult, lane)
      var statistic = first
      switch contrast.kind {
      case .t:
        let variance = result(contrast.firstResult + 1, lane)
        statistic = first / variance.squareRoot()
        put(.effect, scale * first)
        put(.variance, scale * scale * variance)
      case .f:
        put(.effect, .nan)
        put(.variance, .nan)
        fillJoint(contrast, from: start + FitMaps.Row.allCases.count, lane: lane, scale: scale)
      }
      // Not a number where there is no answer.
      statistic += scale * 0
      let (p, z) = tails.pAndZ(statistic, of: contrast)
      put(.statistic, statistic)
      put(.z, z)
      put(.p, p)
    }
  }

  private func fillJoint(_ contrast: BasisContrast, from start: Int, lane: Int, scale: Double) {
    let parts = (1..<contrast.resultCount).map { result(contrast.firstResult + $0, lane) }
    for (offset, part) in contrast.ofKeptRows(parts).enumerated() {
      let unit = offset < contrast.rows.rowCount ? scale : scale * scale
      store.put(part * unit, in: start + offset, at: strip.firstPlace + lane)
    }
  }
}
