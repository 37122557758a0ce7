import Algebra

/// How well a run's design answers a contrast, known before any voxel is looked at.
public struct DesignCheck: Equatable, Sendable {
  /// The contrast's name.
  public let contrast: String

  /// The share of the contrast regressor's variance that drift and confounds take away, 0 to 1.
  public let removedVarianceShare: Double

  /// By how much the other columns inflate the variance of the contrast's effect, at least 1.
  ///
  /// Infinite where the contrast cannot be estimated.
  public let varianceInflation: Double

  /// The smallest share of variance that censoring left to a regressor of the contrast, 0 to 1.
  public let keptVarianceShare: Double

  /// What a person should be warned of, in sentences.
  public let warnings: [String]

  /// Why the contrast must not be fitted; `nil` where it may.
  public let refusal: DesignError?
}

/// The share of removed variance from which on a contrast is warned of.
public let warnedRemovedShare = 0.2

/// The variance inflation from which on a contrast is warned of.
public let warnedInflation = 5.0

/// The share of variance that censoring must leave.
private let requiredKeptShare = 0.5

/// Returns a check of each contrast of a design.
///
/// A contrast's regressor is the sum of the columns with its weights; of an F contrast, the worst row
/// counts. Variances are about the mean of the kept volumes, so the constant takes none. The inflation
/// is the variance of the weighted sum of estimates over what it would be if its columns were
/// orthogonal to each other and to all others; of a single column, the usual variance inflation
/// factor. Censoring is judged by each column with a weight and by their weighted sum.
///
/// - Parameters:
///   - design: The design.
///   - contrasts: The contrasts, made for it.
///   - keptVolumes: The volumes that are not censored, counted from 0, ascending.
/// - Returns: One check per contrast, in the same order.
/// - Complexity: O(*volumes* · *columns*²) and a little per contrast.
public func check(
  _ design: DesignMatrix,
  contrasts: [Contrast],
  keptVolumes: [Int]
) -> [DesignCheck] {
  let geometry = DesignGeometry(design, keptVolumes: keptVolumes)
  return contrasts.map { contrast in
    let rows = (0..<contrast.weights.rowCount).map(contrast.weights.row)
    let removed = rows.map(geometry.removedVarianceShare).max() ?? 0
    let inflation = rows.map(geometry.varianceInflation).max() ?? 1
    let kept = rows.map(geometry.keptVarianceShare).min() ?? 1
    return DesignCheck(
      contrast: contrast.name,
      removedVarianceShare: removed,
      varianceInflation: inflation,
      keptVarianceShare: kept,
      warnings: warnings(contrast.name, removed: removed, inflation: inflation),
      refusal: refusal(of: contrast, rows: rows, kept: kept, in: design, geometry)
    )
  }
}

/// Returns why a contrast must not be fitted: a regressor of it has nothing to say, or not by itself.
private func refusal(
  of contrast: Contrast,
  rows: [[Double]],
  kept: Double,
  in design: DesignMatrix,
  _ geometry: DesignGeometry
) -> DesignError? {
  let weighted = design.columns.indices.filter { column in rows.contains { $0[column] != 0 } }
  if let empty = weighted.first(where: { design.matrix.column($0).allSatisfy { $0 == 0 } }) {
    return .emptyRegressor(column: design.names[empty], peak: 0)
  }
  if kept < requiredKeptShare {
    return .lostByCensoring(contrast: contrast.name, keptVarianceShare: kept)
  }
  return rows.lazy.compactMap(geometry.dependency).first.map { dependency in
    .notEstimable(
      contrast: contrast.name,
      column: design.names[dependency.column],
      others: dependency.others.map { design.names[$0] }
    )
  }
}

/// Returns the sentences that two numbers call for.
private func warnings(_ name: String, removed: Double, inflation: Double) -> [String] {
  var sentences: [String] = []
  if removed >= warnedRemovedShare {
    sentences.append(
      "contrast \(name): drift and confounds take away \(percent(removed)) % of its regressor's "
        + "variance; is the high-pass cutoff longer than the cycle of the events?"
    )
  }
  if inflation == .infinity {
    sentences.append("contrast \(name): it cannot be estimated; its columns depend on others")
  } else if inflation >= warnedInflation {
    let times = seconds((inflation * 10).rounded() / 10)
    sentences.append(
      "contrast \(name): other columns inflate its variance \(times)-fold; "
        + "are two regressors nearly the same?"
    )
  }
  return sentences
}
