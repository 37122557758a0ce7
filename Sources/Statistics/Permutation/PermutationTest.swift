/// Tests a group model by rearranging participants.
///
/// At every voxel the t or F of each arrangement becomes z by its own degrees of freedom, so that
/// voxels with fewer participants, or with Satterthwaite's degrees, compare; then the largest |z|,
/// cluster and enhanced value of both signs together are taken over the mask. All contrasts share
/// the list of arrangements; what counts as nuisance is each contrast's own.
///
/// - Parameters:
///   - maps: The participants' maps.
///   - model: The design and what is asked.
///   - request: How.
/// - Returns: One result per contrast, the same bytes for any number of threads.
/// - Throws: ``GroupModelError`` where the model cannot be rearranged as asked.
///
/// Source: Winkler et al. (2014), *NeuroImage* 92, 381-397.
public func permutationTest(
  _ maps: GroupMaps,
  _ model: GroupModel,
  _ request: PermutationRequest
) throws(GroupModelError) -> [PermutationResult] {
  let resampling = request.resampling ?? Resampling(usualFor: model)
  try model.requireArrangeable(resampling)
  let arrangements = try Arrangements(model, resampling, request)
  let presence = Presence(maps, model, rule: request.rule)
  var results: [PermutationResult] = []
  for (index, contrast) in model.contrasts.enumerated() {
    let prepare = { (ofEffect: Bool) in
      ArrangedLeastSquares(
        maps,
        model,
        contrast: index,
        presence,
        arrangements,
        ofEffect: ofEffect,
        threads: request.threads
      )
    }
    var own = MapMaxima()
    let observed = prepare(true)
    let z = observed.ownMap
    let measure = MapMeasure(request)
    own = measure.maxima(of: observed, count: 1, voxelCount: maps.voxelCount, threads: 1)
    let statistic = resampling == .residualFlips ? prepare(false) : observed
    var maxima = measure.maxima(
      of: statistic,
      count: arrangements.count,
      voxelCount: maps.voxelCount,
      threads: request.threads
    )
    maxima.replaceFirst(by: own)
    results.append(PermutationResult(contrast, z, maxima, arrangements, request))
  }
  return results
}

extension GroupModel {
  /// Refuses what an arrangement cannot test.
  fileprivate func requireArrangeable(_ resampling: Resampling) throws(GroupModelError) {
    switch resampling {
    case .exchange:
      guard varianceGroupCount == 1 else {
        throw .separateVariances(contrast: contrasts.first?.name ?? "")
      }
      guard Resampling(usualFor: self) == .exchange else {
        throw .nothingToExchange(contrast: contrasts.first?.name ?? "")
      }
    case .signFlips:
      guard varianceGroupCount == 1 else {
        throw .separateVariances(contrast: contrasts.first?.name ?? "")
      }
    case .residualFlips:
      try requireTContrasts()
      guard rank <= 16, rank * varianceGroupCount <= 64 else { throw .tooLarge(columns: rank) }
    }
  }
}

extension ArrangedLeastSquares {
  /// z of the data as they are; NaN where nothing is tested.
  fileprivate var ownMap: [Float] {
    let maps = UnsafeMutablePointer<Float>.allocate(capacity: 8 * max(1, voxelCount))
    defer { maps.deallocate() }
    maps.update(repeating: 0, count: 8 * voxelCount)
    _ = evaluate(0..<1, into: maps)
    var result = [Float](repeating: .nan, count: voxelCount)
    for voxel in voxels { result[voxel] = maps[voxel] }
    return result
  }
}

extension MapMaxima {
  /// Puts the data's own values first, where they belong.
  mutating func replaceFirst(by own: MapMaxima) {
    for path in [\MapMaxima.z, \.extent, \.mass, \.enhanced] {
      if let first = own[keyPath: path].first { self[keyPath: path][0] = first }
    }
  }
}

extension PermutationResult {
  /// Reads p values from maxima.
  init(
    _ contrast: GroupContrast,
    _ z: [Float],
    _ found: MapMaxima,
    _ arrangements: Arrangements,
    _ request: PermutationRequest
  ) {
    func distribution(_ values: [Double]) -> MaximumDistribution {
      MaximumDistribution(values, tail: request.tail, seed: request.seed)
    }
    self.contrast = contrast
    self.z = z
    self.arrangements = arrangements
    let maxima = distribution(found.z)
    self.maxima = maxima
    p = z.map { maxima.p(abs(Double($0))) }
    if let lattice = request.lattice, let threshold = request.clusterThreshold {
      let (extents, masses) = (distribution(found.extent), distribution(found.mass))
      let clusters = Statistics.clusters(of: z, threshold: threshold, in: lattice)
      self.clusters = ClusterInference(
        threshold: threshold,
        clusters: clusters,
        extentP: clusters.map { extents.p(Double($0.extent)) },
        massP: clusters.map { masses.p($0.mass) },
        extents: extents,
        masses: masses
      )
    } else {
      clusters = nil
    }
    if let lattice = request.lattice, let exponents = request.enhancement {
      let (values, maxima) = (
        Statistics.enhanced(z, in: lattice, exponents), distribution(found.enhanced)
      )
      enhanced = EnhancedInference(
        values: values,
        p: zip(values, z).map { $1.isNaN ? .nan : maxima.p(abs($0)) },
        maxima: maxima
      )
    } else {
      enhanced = nil
    }
  }
}
