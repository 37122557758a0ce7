internal import Algebra
internal import CGroupKernel

/// Tests a group model with known first-level variances by rearranging participants.
///
/// The variance between participants is estimated again under every arrangement, and every
/// participant's effect keeps its variance: with one group signs are flipped; between groups effects
/// and variances change places together, which assumes that the variances are as exchangeable as the
/// effects (compare the groups' mean variances before). Nuisances are taken off by ordinary least
/// squares. Far slower than without variances: a map takes milliseconds to tens of them.
///
/// - Parameters:
///   - maps: The effects.
///   - variances: Their squared standard errors.
///   - model: The design, with one variance between participants, and t contrasts.
///   - request: How. Voxels where somebody has no value or variance are not tested.
///   - method: How the variance between participants is estimated.
/// - Returns: One result per contrast, the same bytes for any number of threads.
/// - Throws: ``GroupModelError`` where the model cannot be rearranged as asked.
public func mixedPermutationTest(
  _ maps: GroupMaps,
  variances: GroupMaps,
  _ model: GroupModel,
  _ request: PermutationRequest,
  method: BetweenVariance = .restricted
) throws(GroupModelError) -> [PermutationResult] {
  try model.requireTContrasts()
  let resampling = request.resampling ?? Resampling(usualFor: model)
  guard model.varianceGroupCount == 1, resampling != .residualFlips else {
    throw .separateVariances(contrast: model.contrasts.first?.name ?? "")
  }
  let arrangements = try Arrangements(model, resampling, request)
  let counts = maps.counts(with: variances)
  let complete = counts.indices.filter { counts[$0] == maps.participantCount }
  var results: [PermutationResult] = []
  for index in model.contrasts.indices {
    guard let single = model.alone(contrast: index) else {
      throw .notEstimable(contrast: model.contrasts[index].name)
    }
    let statistic = ArrangedMixedEffects(maps, variances, single, arrangements, complete, method)
    let measure = MapMeasure(request)
    let maxima = measure.maxima(
      of: statistic,
      count: arrangements.count,
      voxelCount: maps.voxelCount,
      threads: request.threads
    )
    let z = statistic.ownMap
    results.append(PermutationResult(model.contrasts[index], z, maxima, arrangements, request))
  }
  return results
}

extension GroupModel {
  /// The model with one of its contrasts.
  func alone(contrast index: Int) -> GroupModel? {
    try? GroupModel(
      design: design,
      contrasts: [contrasts[index]],
      varianceGroups: varianceGroupCount > 1 ? varianceGroups : nil
    )
  }
}

/// Mixed effects under every arrangement: the design's rows move instead of the data.
private struct ArrangedMixedEffects: ArrangedStatistic {
  private let residuals: GroupMaps
  private let variances: GroupMaps
  private let model: GroupModel
  private let arrangements: Arrangements
  private let voxels: [Int]
  private let method: BetweenVariance
  private let totalCount: Int
  private let distribution: StudentT
  private let iteration = IterationLimit(steps: 50, tolerance: 1e-5)

  /// Takes the nuisances off the effects of the voxels that are tested.
  init(
    _ maps: GroupMaps,
    _ variances: GroupMaps,
    _ model: GroupModel,
    _ arrangements: Arrangements,
    _ voxels: [Int],
    _ method: BetweenVariance
  ) {
    let everybody = Array(0..<model.participantCount)
    let statistic = PresentDesign(model, present: everybody).flatMap {
      PackedStatistic(model, contrast: 0, $0, .signFlips)
    }
    let nuisances = statistic?.nuisances ?? Matrix(zeros: model.participantCount, 0)
    var kept = GroupMaps(participantCount: maps.participantCount, voxelCount: voxels.count)
    var keptVariances = kept
    var rows = everybody.map { participant in
      voxels.map { Double(maps.values[participant * maps.voxelCount + $0]) }
    }
    for column in 0..<nuisances.columnCount {
      var sums = [Double](repeating: 0, count: voxels.count)
      for participant in everybody {
        for place in voxels.indices {
          sums[place] += nuisances[participant, column] * rows[participant][place]
        }
      }
      for participant in everybody {
        for place in voxels.indices {
          rows[participant][place] -= nuisances[participant, column] * sums[place]
        }
      }
    }
    for participant in everybody {
      kept.set(rows[participant].map { Float($0) }, ofParticipant: participant)
      keptVariances.set(
        voxels.map { variances.values[participant * maps.voxelCount + $0] },
        ofParticipant: participant
      )
    }
    (residuals, self.variances) = (kept, keptVariances)
    (self.model, self.arrangements) = (model, arrangements)
    (self.voxels, self.method) = (voxels, method)
    totalCount = maps.voxelCount
    distribution = StudentT(degreesOfFreedom: Double(model.participantCount - model.rank))
  }

  func evaluate(_ indices: Range<Int>, into maps: UnsafeMutablePointer<Float>?) -> [Float] {
    indices.map { index in
      let z = zMap(index)
      if let maps {
        let map = maps + (index - indices.lowerBound) * totalCount
        for (place, voxel) in voxels.enumerated() { map[voxel] = z[place] }
      }
      return z.reduce(0) { max($0, abs($1)) }
    }
  }

  /// The data's own z; NaN where nothing is tested.
  var ownMap: [Float] {
    var result = [Float](repeating: .nan, count: totalCount)
    for (voxel, value) in zip(voxels, zMap(0)) { result[voxel] = value }
    return result
  }

  /// z of one arrangement at the tested voxels.
  private func zMap(_ index: Int) -> [Float] {
    let participants = model.participantCount
    let width = Int(CGR_LANES)
    let design = WeightedDesign(
      model,
      basis: rearranged(index),
      iteration: iteration,
      isRestricted: method == .restricted
    )
    let strip = UnsafeMutablePointer<Float>.allocate(capacity: 2 * participants * width)
    let scratch = design.makeScratch()
    defer {
      strip.deallocate()
      scratch.deallocate()
    }
    var results = [Double](repeating: 0, count: design.resultRows * width)
    var z = [Float](repeating: 0, count: voxels.count)
    for number in 0..<(voxels.count + width - 1) / width {
      residuals.gather(strip: number, variances, into: strip)
      cgr_kernels_in_use().pointee.mixed(
        design.packed,
        strip,
        strip + participants * width,
        scratch,
        &results
      )
      for lane in 0..<min(width, voxels.count - number * width) {
        let t = results[lane] / results[width + lane].squareRoot()
        z[number * width + lane] = t.isNaN ? 0 : Float(distribution.pAndZ(t).z)
      }
    }
    return z
  }

  /// The design's basis with the row of every place at the data that come to it.
  private func rearranged(_ index: Int) -> Matrix {
    let participants = model.participantCount
    let signs = arrangements.signs(index, participants: participants)
    let everybody = [Bool](repeating: true, count: participants)
    var result = model.basis
    for (place, source) in (arrangements.sources(index, present: everybody) ?? []).enumerated() {
      for column in 0..<model.rank {
        result[Int(source), column] = Double(signs[place]) * model.basis[place, column]
      }
    }
    return result
  }
}
