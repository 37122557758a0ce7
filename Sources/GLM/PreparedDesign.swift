internal import Algebra
internal import Design
internal import GLMKernel
internal import Imaging
internal import Job

/// Works out what of each design does not depend on a voxel, and names what cannot be used.
///
/// - Parameters:
///   - designs: The designs, with the same columns in each.
///   - volumeCount: The number of volumes.
///   - keptVolumes: The volumes that take part.
///   - contrasts: The questions.
///   - maximumLag: The last lag of the residuals' autocovariances, in volumes.
///   - threads: The number of threads.
/// - Returns: As many as there are designs.
/// - Throws: ``GLMError`` for the first design that cannot be used.
func prepare(
  _ designs: [DesignMatrix],
  volumeCount: Int,
  keptVolumes: [Int],
  contrasts: [Contrast],
  maximumLag: Int,
  threads: Int
) throws(GLMError) -> [KernelDesign] {
  guard let columns = designs.first?.names else {
    throw .shape(what: .designs, expected: 1, found: 0)
  }
  for design in designs {
    guard design.matrix.rowCount == volumeCount else {
      throw .shape(what: .designRows, expected: volumeCount, found: design.matrix.rowCount)
    }
    guard design.matrix.columnCount == columns.count, design.names.count == columns.count else {
      throw .shape(
        what: .designColumns,
        expected: columns.count,
        found: design.matrix.columnCount
      )
    }
  }
  let questions = contrasts.map {
    KernelContrast(kind: $0.kind == .t ? .t : .f, weights: $0.weights)
  }
  var prepared = [Result<KernelDesign, KernelError>?](repeating: nil, count: designs.count)
  prepared.withUnsafeMutableBufferPointer { prepared in
    guard let base = prepared.baseAddress else { return }
    let slots = SlabPointer(base)
    forEachSlab(designs.count, threads: threads) { index in
      slots.base[index] = Result { () throws(KernelError) in
        try KernelDesign(
          designs[index].matrix,
          kept: keptVolumes,
          contrasts: questions,
          maximumLag: maximumLag
        )
      }
    }
  }
  var result: [KernelDesign] = []
  for (index, outcome) in prepared.enumerated() {
    switch outcome {
    case .success(let design): result.append(design)
    case .failure(let error):
      throw named(error, in: designs[index], keptVolumes: keptVolumes, contrasts: contrasts)
    case nil: throw .decomposition
    }
  }
  return result
}

/// The last lag, in volumes, at which residuals are compared.
///
/// 8 s, and at least 6 volumes, where a model has a share of white noise to tell from memory; 3, of
/// which there are maps, where not.
///
/// - Parameters:
///   - noise: The model of the noise.
///   - repetitionTime: The time between volumes, in s, above 0.
/// - Returns: At most 1000.
func maximumLag(_ noise: Noise, repetitionTime: Double) -> Int {
  noise == .arma11 ? Int(max(6, min(1000, (8 / repetitionTime).rounded(.up)))) : 3
}

/// Puts names in the place of the kernel's numbers.
private func named(
  _ error: KernelError,
  in design: DesignMatrix,
  keptVolumes: [Int],
  contrasts: [Contrast]
) -> GLMError {
  switch error {
  case .designNotFinite(let row, let column):
    return .columnNotFinite(column: design.names[column], volume: row)
  case .keptRows, .runStarts:
    return .keptVolumes
  case .noResidualDegreesOfFreedom(let kept, let rank):
    return .noDegreesOfFreedom(kept: kept, rank: rank)
  case .contrastShape(let index):
    return .contrastShape(contrast: contrasts[index].name, columns: design.names.count)
  case .contrastEmpty(let index):
    return .contrastEmpty(contrast: contrasts[index].name)
  case .contrastNotEstimable(let index):
    let redundant = RankRevealingQR(design.matrix.keeping(rows: keptVolumes)).redundant
    return .contrastNotEstimable(
      contrast: contrasts[index].name,
      redundantColumns: redundant.map { design.names[$0] }
    )
  case .eigenvectors:
    return .decomposition
  }
}
