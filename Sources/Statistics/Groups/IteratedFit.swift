internal import CGroupKernel
internal import Imaging

/// What an estimator that iterates says of a model, voxel by voxel.
public struct IteratedFit: Sendable {
  /// One per contrast.
  public internal(set) var estimates: [GroupEstimate]

  /// For each variance group what the iteration estimated of it: the variance between participants,
  /// or the robust scale; NaN where nothing was fitted.
  public internal(set) var spreads: [[Double]]

  /// Whether the iteration converged; where nothing was fitted it has not.
  public internal(set) var hasConverged: [Bool]

  /// The steps it took.
  public internal(set) var steps: [Double]

  /// The number of participants with a value, per voxel.
  public internal(set) var counts: [Int]

  /// The number of fitted voxels at which the iteration did not converge.
  public var unconvergedCount: Int {
    zip(hasConverged, steps).count { !$0 && !$1.isNaN }
  }
}

/// Calls a kernel for every strip of some maps, and collects its results.
///
/// - Parameters:
///   - maps: The maps whose values are the effects.
///   - variances: Their variances, where the kernel takes them.
///   - model: The model.
///   - design: The model in the kernel's form.
///   - required: How many participants a voxel needs.
///   - threads: The number of threads.
///   - kernel: Fits a strip: effects, variances, scratch, results.
/// - Returns: The fit.
func fitStrips(
  _ maps: GroupMaps,
  variances: GroupMaps?,
  _ model: GroupModel,
  _ design: WeightedDesign,
  required: Int,
  threads: Int,
  kernel:
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>?, UnsafeMutableRawPointer,
      UnsafeMutablePointer<Double>
    ) -> Void
) -> IteratedFit {
  let (width, slab) = (Int(CGR_LANES), 64)
  let stripCount = (maps.voxelCount + width - 1) / width
  let rowCount = design.resultRows
  let participants = maps.participantCount
  let parts = mapSlabs((stripCount + slab - 1) / slab, threads: threads) { index in
    let strips = index * slab..<min((index + 1) * slab, stripCount)
    var results = [Double](repeating: .nan, count: strips.count * rowCount * width)
    let strip = UnsafeMutablePointer<Float>.allocate(capacity: 2 * participants * width)
    let scratch = design.makeScratch()
    defer {
      strip.deallocate()
      scratch.deallocate()
    }
    for (place, number) in strips.enumerated() {
      maps.gather(strip: number, variances, into: strip)
      results.withUnsafeMutableBufferPointer { results in
        guard let base = results.baseAddress else { return }
        kernel(
          strip,
          variances == nil ? nil : UnsafePointer(strip + participants * width),
          scratch,
          base + place * rowCount * width
        )
      }
    }
    return results
  }
  let counts = maps.counts(with: variances)
  return IteratedFit(
    model,
    results: parts.flatMap { $0 },
    rowCount: rowCount,
    counts: counts,
    required: required,
    threads: threads
  )
}

extension GroupMaps {
  /// Puts the values of 16 voxels side by side, participants × 16, then their variances.
  func gather(
    strip number: Int,
    _ variances: GroupMaps?,
    into strip: UnsafeMutablePointer<Float>
  ) {
    let width = Int(CGR_LANES)
    let first = number * width
    let lanes = min(width, voxelCount - first)
    for (part, maps) in [self, variances].enumerated() {
      guard let maps else { continue }
      maps.values.withUnsafeBufferPointer { values in
        for participant in 0..<participantCount {
          let target = strip + (part * participantCount + participant) * width
          for lane in 0..<width {
            target[lane] = lane < lanes ? values[participant * voxelCount + first + lane] : .nan
          }
        }
      }
    }
  }

  /// The number of participants with a value, and a variance above 0, per voxel.
  func counts(with variances: GroupMaps?) -> [Int] {
    var counts = [Int](repeating: 0, count: voxelCount)
    for participant in 0..<participantCount {
      let first = participant * voxelCount
      for voxel in 0..<voxelCount where values[first + voxel].isFinite {
        if let variances, !(variances.values[first + voxel] > 0) { continue }
        counts[voxel] += 1
      }
    }
    return counts
  }
}

extension IteratedFit {
  /// Takes the kernel's results apart.
  fileprivate init(
    _ model: GroupModel,
    results: [Double],
    rowCount: Int,
    counts: [Int],
    required: Int,
    threads: Int
  ) {
    let (width, voxels) = (Int(CGR_LANES), counts.count)
    let nothing = [Double](repeating: .nan, count: voxels)
    estimates = model.contrasts.map { GroupEstimate($0, voxelCount: voxels) }
    spreads = [[Double]](repeating: nothing, count: model.varianceGroupCount)
    hasConverged = [Bool](repeating: false, count: voxels)
    steps = nothing
    self.counts = counts
    let spreadRow = 3 * model.contrasts.count
    for voxel in 0..<voxels where counts[voxel] >= required {
      let first = voxel / width * rowCount * width + voxel % width
      func row(_ index: Int) -> Double { results[first + index * width] }
      guard (0..<spreadRow).allSatisfy({ row($0).isFinite }), row(1) > 0 else { continue }
      for index in estimates.indices {
        estimates[index].effect[voxel] = row(3 * index)
        estimates[index].standardError[voxel] = row(3 * index + 1).squareRoot()
        estimates[index].statistic[voxel] = row(3 * index) / row(3 * index + 1).squareRoot()
        // Degrees that are whole numbers but for rounding are those numbers.
        let degrees = row(3 * index + 2)
        let whole = degrees.rounded()
        estimates[index].degreesOfFreedom[voxel] =
          abs(degrees - whole) < 1e-9 * whole ? whole : degrees
      }
      for group in spreads.indices { spreads[group][voxel] = row(spreadRow + group) }
      hasConverged[voxel] = row(spreadRow + spreads.count) > 0
      steps[voxel] = row(spreadRow + spreads.count + 1)
    }
    for index in estimates.indices { estimates[index].fillTails(threads: threads) }
  }
}
