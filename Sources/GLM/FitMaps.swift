internal import Algebra
internal import GLMKernel
internal import Imaging

/// The maps of a fit side by side in one buffer.
struct FitMaps {
  /// The maps of one contrast.
  enum Row: Int, CaseIterable {
    case effect, variance, statistic, z, p
  }

  private let voxelCount: Int
  private let starts: [Int]
  private var values: [Double]

  /// Creates maps of NaN.
  ///
  /// - Parameters:
  ///   - contrasts: The contrasts; an F has its effects and their covariance after the usual maps.
  ///   - voxelCount: The number of voxels of the mask.
  init(contrasts: [BasisContrast], voxelCount: Int) {
    self.voxelCount = voxelCount
    var starts = [1]
    for contrast in contrasts {
      let joint = contrast.kind == .f ? contrast.resultCount - 1 : 0
      starts.append((starts.last ?? 1) + Row.allCases.count + joint)
    }
    self.starts = starts
    values = [Double](repeating: .nan, count: (starts.last ?? 1) * voxelCount)
  }

  /// The standard deviation of the noise, in % signal change; the first of the maps.
  var deviation: [Double] { Array(values[..<voxelCount]) }

  /// One map of one contrast.
  subscript(contrast: Int, row: Row) -> [Double] {
    map(starts[contrast] + row.rawValue)
  }

  /// The effects of an F contrast and their covariance.
  ///
  /// - Parameters:
  ///   - contrast: The contrast, counted from 0.
  ///   - basis: The same contrast.
  ///   - mask: The voxels.
  /// - Returns: The maps.
  func joint(_ contrast: Int, _ basis: BasisContrast, mask: Mask) -> JointMaps {
    let first = starts[contrast] + Row.allCases.count
    let end = first + basis.resultCount - 1
    let maps = (first..<end).map { MaskedMap(mask: mask, values: map($0)) }
    let count = basis.rows.rowCount
    return JointMaps(
      rows: basis.keptRows,
      effects: Array(maps.prefix(count)),
      covariance: Array(maps.dropFirst(count))
    )
  }

  private func map(_ place: Int) -> [Double] {
    Array(values[place * voxelCount..<(place + 1) * voxelCount])
  }

  /// Fits every voxel.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  ///   - noise: The noise of every voxel.
  ///   - summaries: What first-order noise is fitted from, where it can be.
  mutating func fill(
    _ request: RunFitRequest,
    designs: [KernelDesign],
    noise: [NoiseShape],
    summaries: StripSummaries
  ) {
    let width = MaskedSeries.laneCount
    let count = voxelCount
    let starts = starts
    let tails = StatisticTails.each(of: designs)
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let target = SlabPointer(base)
      forEachStrip(of: request, designs: designs) { strip, workspace in
        let design = designs[strip.design]
        workspace.fit(strip, design: design, noise: noise, summary: summaries[strip.index])
        workspace.numbers.withUnsafeBufferPointer { results in
          for lane in strip.lanes {
            let place = strip.firstPlace + lane
            let voxel = VoxelResult(
              scale: 100 / request.baseline[place],
              design: design,
              tails: tails[strip.design],
              starts: starts
            ) { results[$0 * width + lane] }
            voxel.store { target.base[$0 * count + place] = $1 }
          }
        }
      }
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

/// The numbers of one voxel, read from the kernel's results.
private struct VoxelResult {
  let scale: Double
  let design: KernelDesign
  let tails: StatisticTails
  let starts: [Int]
  let result: (Int) -> Double

  /// Stores every map's value, by the map's place; nothing where the voxel has no answer.
  func store(_ put: (Int, Double) -> Void) {
    guard scale > 0, scale.isFinite, result(0) > 0 else { return }
    put(0, scale * result(0).squareRoot())
    for (index, contrast) in design.contrasts.enumerated() {
      let row = { (row: FitMaps.Row) in starts[index] + row.rawValue }
      let first = result(contrast.firstResult)
      let statistic: Double
      switch contrast.kind {
      case .t:
        let variance = result(contrast.firstResult + 1)
        statistic = first / variance.squareRoot()
        put(row(.effect), scale * first)
        put(row(.variance), scale * scale * variance)
      case .f:
        statistic = first
        let joint = starts[index] + FitMaps.Row.allCases.count
        let parts = (1..<contrast.resultCount).map { result(contrast.firstResult + $0) }
        for (offset, part) in contrast.ofKeptRows(parts).enumerated() {
          put(joint + offset, part * (offset < contrast.rows.rowCount ? scale : scale * scale))
        }
      }
      let (p, z) = tails.pAndZ(statistic, of: contrast)
      put(row(.statistic), statistic)
      put(row(.z), z)
      put(row(.p), p)
    }
  }
}
