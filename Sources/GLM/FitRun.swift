internal import Algebra
internal import Design
internal import GLMKernel
internal import Imaging
internal import Job

/// Fits a run's model to every voxel of its mask.
///
/// Generalised least squares with the noise that was asked for; what is known of each voxel's noise
/// is freed of the design's bias and averaged over its neighbours first. Volumes
/// that are not kept are deleted, and the noise's memory runs on across the gap. Voxels that are
/// constant, not finite or without a positive baseline get NaN and are counted.
///
/// - Parameter request: The run.
/// - Returns: The maps of every contrast, the same bytes for any number of threads.
/// - Throws: ``GLMError`` with the column or the contrast that cannot be used.
/// - Complexity: O(voxels × volumes × columns); beside the series it keeps a few maps per contrast.
public func fitRun(_ request: RunFitRequest) throws(GLMError) -> RunFit {
  try request.check()
  let designs = try prepare(
    request.designs,
    volumeCount: request.series.volumeCount,
    keptVolumes: request.keptVolumes,
    contrasts: request.contrasts,
    maximumLag: maximumLag(request.noise, repetitionTime: request.repetitionTime),
    threads: request.threads
  )
  let summaries = StripSummaries(for: request, designs: designs)
  let residuals = ResidualMaps(of: request, designs: designs, summaries: summaries)
  let noise =
    switch request.noise {
    case .ols: NoiseCoefficients(whiteIn: request.series.mask.count)
    case .ar1, .arma11:
      NoiseCoefficients(of: request, correlations: residuals.correlations, designs: designs)
    }
  let maps = FitMaps(of: request, designs: designs, noise: noise.values, summaries: summaries)
  return RunFit(request, designs: designs, residuals: residuals, noise: noise, maps: maps)
}

extension RunFit {
  /// Gathers the maps.
  fileprivate init(
    _ request: RunFitRequest,
    designs: [KernelDesign],
    residuals: ResidualMaps,
    noise: NoiseCoefficients,
    maps: FitMaps
  ) {
    let mask = request.series.mask
    estimates = request.contrasts.indices.map {
      ContrastEstimate($0, of: request, designs: designs, maps: maps)
    }
    let deviation = maps.deviation
    unusableVoxelCount = deviation.count { $0.isNaN }
    let fittedCount = deviation.count - unusableVoxelCount
    let fitted = { (number: (NoiseShape) -> Double) in
      MaskedMap(
        mask: mask,
        values: zip(deviation, noise.values).map { $0.isNaN ? .nan : number($1) }
      )
    }
    noiseMemory = fitted { $0.memory }
    noiseShare = fitted { $0.share }
    residualStandardDeviation = MaskedMap(mask: mask, values: deviation)
    rSquared = MaskedMap(mask: mask, values: residuals.rSquared)
    residualAutocorrelation = residuals.autocorrelations(threads: request.threads)
    residualFWHM = residuals.fwhm
    degreesOfFreedom = leastDegreesOfFreedom(of: designs)
    degreesOfFreedomMap = MaskedMap(
      mask: mask,
      values: zip(deviation, request.designOfVoxel).map {
        $0.isNaN ? .nan : Double(designs[$1].degreesOfFreedom)
      }
    )
    noiseModel = request.noise
    noiseAveragingFWHM = request.noise == .ols ? nil : request.regularisationFWHM
    let lagCount = (designs.first?.lagPairs.count ?? 1) - 1
    noiseLagCount = request.noise == .ols ? 0 : request.noise == .ar1 ? min(1, lagCount) : lagCount
    clippedShare = Double(noise.clippedCount) / Double(max(1, fittedCount))
    undeterminedVoxelCount = noise.undeterminedCount
    warnings = fitWarnings(designs: designs, noise: noise)
    notes = fitNotes(
      request,
      designs: designs,
      noise: noise,
      unusable: unusableVoxelCount,
      fitted: fittedCount
    )
  }
}

extension ContrastEstimate {
  /// Gathers the maps of one contrast.
  fileprivate init(
    _ index: Int,
    of request: RunFitRequest,
    designs: [KernelDesign],
    maps: FitMaps
  ) {
    let mask = request.series.mask
    let basis = designs[0].contrasts[index]
    let isT = basis.kind == .t
    let map = { (row: FitMaps.Row) in MaskedMap(mask: mask, values: maps[row, of: index]) }
    contrast = request.contrasts[index]
    effect = isT ? map(.effect) : nil
    variance = isT ? map(.variance) : nil
    statistic = map(.statistic)
    z = map(.z)
    p = map(.p)
    degreesOfFreedom = leastDegreesOfFreedom(of: designs)
    numeratorDegreesOfFreedom = isT ? nil : Double(basis.rows.rowCount)
    joint = isT ? nil : maps.joint(index, basis, mask: mask)
  }
}

/// The degrees of freedom that every voxel has at least.
private func leastDegreesOfFreedom(of designs: [KernelDesign]) -> Double {
  Double(designs.map(\.degreesOfFreedom).min() ?? 0)
}
