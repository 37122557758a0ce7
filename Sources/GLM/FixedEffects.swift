internal import Design
internal import Imaging
internal import Statistics

/// Combines the estimates of one t contrast over runs, voxel by voxel.
///
/// Each run counts by the precision of its own effect: the effect is sum(e/v) / sum(1/v), its
/// variance 1 / sum(1/v), and the degrees of freedom are summed. The mask is what all runs share; a
/// voxel without an answer in one of them has none.
///
/// - Parameter runs: The runs that have the contrast, at least one, all on one grid.
/// - Returns: The combined estimate; of one run that estimate itself.
/// - Throws: ``GLMError`` where there is no run, or the runs cannot be combined, with the contrast.
public func fixedEffects(_ runs: [ContrastEstimate]) throws(GLMError) -> ContrastEstimate {
  guard let first = runs.first else { throw .noRuns }
  guard runs.count > 1 else { return first }
  var parts: [(effect: MaskedMap, variance: MaskedMap)] = []
  for run in runs {
    try requireSame(first.contrast, run.contrast)
    guard let effect = run.effect, let variance = run.variance else {
      throw .fContrastOverRuns(contrast: run.contrast.name)
    }
    guard effect.mask.grid == first.statistic.mask.grid else {
      throw .differentGrids(contrast: run.contrast.name)
    }
    parts.append((effect, variance))
  }
  let masks = parts.map(\.effect.mask)
  let mask = Mask(grid: masks[0].grid) { index in masks.allSatisfy { $0.contains(index) } }
  let df = runs.reduce(0) { $0 + $1.degreesOfFreedom }
  let combined = mask.indices.map { index in
    let estimates = parts.map { part in
      let place = Int(part.effect.mask.places[index])
      return (effect: part.effect.values[place], variance: part.variance.values[place])
    }
    return precisionWeighted(estimates)
  }
  let t = combined.map { $0.effect / $0.variance.squareRoot() }
  let map = { (values: [Double]) in MaskedMap(mask: mask, values: values) }
  return ContrastEstimate(
    contrast: first.contrast,
    effect: map(combined.map(\.effect)),
    variance: map(combined.map(\.variance)),
    statistic: map(t),
    z: map(t.map { z(t: $0, degreesOfFreedom: df) }),
    p: map(t.map { twoSidedP(t: $0, degreesOfFreedom: df) }),
    degreesOfFreedom: df,
    numeratorDegreesOfFreedom: nil
  )
}

/// Combines the estimates of one t contrast of one region over runs.
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
    guard region.numeratorDegreesOfFreedom == nil else {
      throw .fContrastOverRuns(contrast: region.contrast.name)
    }
  }
  let combined = precisionWeighted(
    regions.map { (effect: $0.effect, variance: $0.standardError * $0.standardError) }
  )
  return SeriesEstimate(
    first.contrast,
    effect: combined.effect,
    variance: combined.variance,
    degreesOfFreedom: regions.reduce(0) { $0 + $1.degreesOfFreedom }
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
