internal import Design
public import Imaging

/// Combines the estimates of one contrast over runs, voxel by voxel.
///
/// Each run counts by the precision of its own effect: for t the effect is sum(e/v) / sum(1/v), its
/// variance 1 / sum(1/v); for F the same with the covariance matrix of its effects. The degrees of
/// freedom are summed. The mask is what all runs share; a voxel without an answer in one of them has
/// none.
///
/// - Parameter runs: The runs that have the contrast, at least one, all on one grid.
/// - Returns: The combined estimate; of one run that estimate itself.
/// - Throws: ``GLMError`` where there is no run, or the runs cannot be combined, with the contrast.
public func fixedEffects(_ runs: [ContrastEstimate]) throws(GLMError) -> ContrastEstimate {
  guard let first = runs.first else { throw .noRuns }
  guard runs.count > 1 else { return first }
  for run in runs {
    try requireSame(first.contrast, run.contrast)
    guard run.statistic.mask.grid == first.statistic.mask.grid else {
      throw .differentGrids(contrast: run.contrast.name)
    }
    guard run.joint?.rows == first.joint?.rows else {
      throw .differentRows(contrast: run.contrast.name)
    }
  }
  let masks = runs.map(\.statistic.mask)
  let mask = Mask(grid: masks[0].grid) { index in masks.allSatisfy { $0.contains(index) } }
  let df = runs.reduce(0) { $0 + $1.degreesOfFreedom }
  return first.contrast.kind == .t
    ? combinedT(runs, mask: mask, degreesOfFreedom: df)
    : combinedF(runs, mask: mask, degreesOfFreedom: df)
}

/// Returns how many runs have an answer to a contrast, voxel by voxel.
///
/// - Parameters:
///   - runs: The runs that have the contrast.
///   - mask: The voxels, on the runs' grid.
/// - Returns: A count per voxel, from 0 to the number of runs.
public func runCounts(_ runs: [ContrastEstimate], in mask: Mask) -> MaskedMap {
  MaskedMap(
    mask: mask,
    values: mask.indices.map { index in
      Double(
        runs.count { run in
          let place = Int(run.statistic.mask.places[index])
          return place >= 0 && run.statistic.values[place].isFinite
        }
      )
    }
  )
}

private func combinedT(
  _ runs: [ContrastEstimate],
  mask: Mask,
  degreesOfFreedom df: Double
) -> ContrastEstimate {
  let combined = mask.indices.map { index in
    precisionWeighted(
      runs.map { (effect: value($0.effect, index), variance: value($0.variance, index)) }
    )
  }
  return ContrastEstimate(
    runs[0].contrast,
    effect: MaskedMap(mask: mask, values: combined.map(\.effect)),
    variance: MaskedMap(mask: mask, values: combined.map(\.variance)),
    degreesOfFreedom: df
  )
}

private func combinedF(
  _ runs: [ContrastEstimate],
  mask: Mask,
  degreesOfFreedom df: Double
) -> ContrastEstimate {
  let parts = runs.compactMap(\.joint)
  let rows = parts.first?.rows ?? []
  let combined = mask.indices.map { index in
    JointEffects.combined(
      parts.map { part in
        JointEffects(
          rows: rows,
          effects: part.effects.map { value($0, index) },
          covariance: part.covariance.map { value($0, index) }
        )
      }
    )
  }
  let map = { (values: [Double]) in MaskedMap(mask: mask, values: values) }
  return ContrastEstimate(
    runs[0].contrast,
    joint: JointMaps(
      rows: rows,
      effects: rows.indices.map { row in map(combined.map { $0.effects[row] }) },
      covariance: (0..<rows.count * (rows.count + 1) / 2).map { place in
        map(combined.map { $0.covariance[place] })
      }
    ),
    degreesOfFreedom: df
  )
}

/// The value at a storage index, which lies in the map's mask.
private func value(_ map: MaskedMap?, _ index: Int) -> Double {
  guard let map else { return .nan }
  return map.values[Int(map.mask.places[index])]
}

/// Combines the estimates of one contrast of one region over runs.
///
/// Weighted as the maps are, see ``fixedEffects(_:)-([ContrastEstimate])``.
///
/// - Parameter regions: The estimates of the runs that have the contrast, at least one.
/// - Returns: The combined estimate; NaN where one of them is.
/// - Throws: ``GLMError`` where there is none, or they cannot be combined, with the contrast.
public func fixedEffects(_ regions: [SeriesEstimate]) throws(GLMError) -> SeriesEstimate {
  guard let first = regions.first else { throw .noRuns }
  guard regions.count > 1 else { return first }
  for region in regions {
    try requireSame(first.contrast, region.contrast)
    guard region.joint?.rows == first.joint?.rows else {
      throw .differentRows(contrast: region.contrast.name)
    }
  }
  let df = regions.reduce(0) { $0 + $1.degreesOfFreedom }
  guard first.contrast.kind == .t else {
    let joint = JointEffects.combined(regions.compactMap(\.joint))
    return SeriesEstimate(first.contrast, f: joint.statistic, joint: joint, degreesOfFreedom: df)
  }
  let combined = precisionWeighted(
    regions.map { (effect: $0.effect, variance: $0.standardError * $0.standardError) }
  )
  return SeriesEstimate(
    first.contrast,
    effect: combined.effect,
    variance: combined.variance,
    degreesOfFreedom: df
  )
}

private func precisionWeighted(
  _ estimates: [(effect: Double, variance: Double)]
) -> (effect: Double, variance: Double) {
  var sums = (effect: 0.0, precision: 0.0)
  for estimate in estimates {
    sums.effect += estimate.effect / estimate.variance
    sums.precision += 1 / estimate.variance
  }
  return (sums.effect / sums.precision, 1 / sums.precision)
}

/// Runs may have different columns, so only the name and the kind must agree.
private func requireSame(_ first: Contrast, _ other: Contrast) throws(GLMError) {
  guard first.name == other.name, first.kind == other.kind else {
    throw .differentContrasts(first.name, other.name)
  }
}
