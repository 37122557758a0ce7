internal import Algebra
internal import Design
internal import GLMKernel
internal import Imaging
internal import Job
internal import Statistics

/// Fits a run's model to every voxel of its mask.
///
/// Generalised least squares with stationary AR(1) noise; the coefficient of each voxel is freed of
/// the design's bias, averaged over its neighbours and clipped (``noiseCoefficientRange``). Volumes
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
    maximumLag: maximumLag(repetitionTime: request.repetitionTime),
    threads: request.threads
  )
  let noise =
    switch request.noise {
    case .ols: NoiseCoefficients(zeros: request.series.mask.count)
    case .ar1: NoiseCoefficients(of: request, designs: designs)
    }
  var maps = FitMaps(contrastCount: request.contrasts.count, voxelCount: request.series.mask.count)
  maps.fill(request, designs: designs, coefficients: noise.values)
  return RunFit(request, designs: designs, noise: noise, maps: maps)
}

/// The maps of a fit side by side in one buffer.
private struct FitMaps {
  /// The maps of one contrast.
  enum Row: Int, CaseIterable {
    case effect, variance, statistic, z, p
  }

  private let voxelCount: Int
  private var values: [Double]

  init(contrastCount: Int, voxelCount: Int) {
    self.voxelCount = voxelCount
    let rowCount = 1 + contrastCount * Row.allCases.count
    values = [Double](repeating: .nan, count: rowCount * voxelCount)
  }

  /// The standard deviation of the noise, in % signal change.
  var deviation: [Double] { Array(values[..<voxelCount]) }

  /// One map of one contrast.
  subscript(contrast: Int, row: Row) -> [Double] {
    let start = Self.offset(contrast, row) * voxelCount
    return Array(values[start..<start + voxelCount])
  }

  /// The place of a map among all; the first is the standard deviation.
  static func offset(_ contrast: Int, _ row: Row) -> Int {
    1 + contrast * Row.allCases.count + row.rawValue
  }

  /// Fits every voxel.
  mutating func fill(_ request: RunFitRequest, designs: [KernelDesign], coefficients: [Double]) {
    let width = MaskedSeries.laneCount
    let count = voxelCount
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let target = SlabPointer(base)
      forEachStrip(
        of: request.series,
        designOfVoxel: request.designOfVoxel,
        threads: request.threads
      ) { strip in
        let design = designs[strip.design]
        var rho = [Double](repeating: 0, count: width)
        for lane in strip.lanes { rho[lane] = coefficients[strip.firstPlace + lane] }
        var results = [Double](repeating: 0, count: design.resultCount * width)
        ReferenceKernel().fit(strip.values, design: design, coefficients: rho, into: &results)
        for lane in strip.lanes {
          let place = strip.firstPlace + lane
          let voxel = VoxelResult(
            scale: 100 / request.baseline[place],
            rho: rho[lane],
            design: design
          ) { results[$0 * width + lane] }
          voxel.store { target.base[$0 * count + place] = $1 }
        }
      }
    }
  }
}

/// The numbers of one voxel, read from the kernel's results.
private struct VoxelResult {
  let scale: Double
  let rho: Double
  let design: KernelDesign
  let result: (Int) -> Double

  /// Stores every map's value, by the map's place; nothing where the voxel has no answer.
  func store(_ put: (Int, Double) -> Void) {
    guard scale > 0, scale.isFinite, result(0) > 0 else { return }
    put(0, scale * (result(0) / (1 - rho * rho)).squareRoot())
    let df = Double(design.degreesOfFreedom)
    for (index, contrast) in design.contrasts.enumerated() {
      let row = { (row: FitMaps.Row) in FitMaps.offset(index, row) }
      let first = result(contrast.firstResult)
      switch contrast.kind {
      case .t:
        let variance = result(contrast.firstResult + 1)
        let t = first / variance.squareRoot()
        put(row(.effect), scale * first)
        put(row(.variance), scale * scale * variance)
        put(row(.statistic), t)
        put(row(.z), z(t: t, degreesOfFreedom: df))
        put(row(.p), twoSidedP(t: t, degreesOfFreedom: df))
      case .f:
        let numerator = Double(contrast.rows.rowCount)
        put(row(.statistic), first)
        put(row(.z), z(f: first, numerator: numerator, denominator: df))
        put(row(.p), upperTailP(f: first, numerator: numerator, denominator: df))
      }
    }
  }
}

extension RunFit {
  /// Gathers the maps.
  fileprivate init(
    _ request: RunFitRequest,
    designs: [KernelDesign],
    noise: NoiseCoefficients,
    maps: FitMaps
  ) {
    let mask = request.series.mask
    let design = designs[0]
    let df = Double(design.degreesOfFreedom)
    estimates = request.contrasts.enumerated().map { index, contrast in
      let map = { (row: FitMaps.Row) in MaskedMap(mask: mask, values: maps[index, row]) }
      let isT = contrast.kind == .t
      return ContrastEstimate(
        contrast: contrast,
        effect: isT ? map(.effect) : nil,
        variance: isT ? map(.variance) : nil,
        statistic: map(.statistic),
        z: map(.z),
        p: map(.p),
        degreesOfFreedom: df,
        numeratorDegreesOfFreedom: isT ? nil : Double(design.contrasts[index].rows.rowCount)
      )
    }
    let deviation = maps.deviation
    unusableVoxelCount = deviation.count { $0.isNaN }
    let fittedCount = deviation.count - unusableVoxelCount
    noiseCoefficient = MaskedMap(
      mask: mask,
      values: deviation.indices.map { deviation[$0].isNaN ? .nan : noise.values[$0] }
    )
    residualStandardDeviation = MaskedMap(mask: mask, values: deviation)
    degreesOfFreedom = df
    clippedShare = Double(noise.clippedCount) / Double(max(1, fittedCount))
    notes = fitNotes(
      request,
      design: design,
      noise: noise,
      unusable: unusableVoxelCount,
      fitted: fittedCount
    )
  }
}

/// What the reader of a report should know of a fit.
private func fitNotes(
  _ request: RunFitRequest,
  design: KernelDesign,
  noise: NoiseCoefficients,
  unusable: Int,
  fitted: Int
) -> [String] {
  var notes: [String] = []
  if !design.redundantColumns.isEmpty {
    let names = design.redundantColumns.map { request.designs[0].names[$0] }
    notes.append(
      "The kept volumes cannot tell these design columns from others, so they add nothing: "
        + names.joined(separator: ", ") + "."
    )
  }
  if unusable > 0 {
    notes.append(
      "\(unusable) of \(unusable + fitted) voxels have no result: their series is constant or not"
        + " finite, or they have no baseline."
    )
  }
  if request.noise == .ar1 {
    notes.append(
      "Noise coefficients were averaged inside the mask with a Gaussian of"
        + " \(request.regularisationFWHM) mm FWHM, from residual autocovariances up to lag"
        + " \(design.lagMatrix.usableLag)."
    )
    if design.lagMatrix.usableLag == 0 {
      notes.append("The kept volumes tell nothing of the noise's memory; none was modelled.")
    }
  }
  if noise.clippedCount > 0 {
    notes.append(
      "\(noise.clippedCount) of \(fitted) noise coefficients met a bound of"
        + " \(noiseCoefficientRange.lowerBound) or \(noiseCoefficientRange.upperBound)."
    )
  }
  if noise.undeterminedCount > 0 {
    notes.append(
      "\(noise.undeterminedCount) voxels had no determined noise coefficient and were fitted"
        + " without memory."
    )
  }
  return notes
}
