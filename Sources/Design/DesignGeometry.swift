import Algebra

/// The lengths and angles of a design's columns over the kept volumes.
struct DesignGeometry {
  private let all: Matrix
  private let kept: Matrix
  private let nuisance: RankRevealingQR
  private let whole: RankRevealingQR
  private let gram: Cholesky?

  init(_ design: DesignMatrix, keptVolumes: [Int]) {
    all = design.matrix
    kept = design.matrix.keeping(rows: keptVolumes)
    let places = design.columns.indices.filter { !design.columns[$0].role.isOfInterest }
    let columns = places.map(kept.column)
    nuisance = RankRevealingQR(Matrix(columns: columns, rowCount: keptVolumes.count))
    whole = RankRevealingQR(kept)
    gram = Cholesky(whole.coordinates * whole.coordinates.transposed)
  }

  /// The share of a weighted sum's variance that drift and confounds explain.
  func removedVarianceShare(_ weights: [Double]) -> Double {
    let regressor = kept * weights
    let total = squaresAboutMean(regressor)
    guard total > 0 else { return 1 }
    let explained = nuisance.projection(of: regressor)
    var left = regressor
    for (place, coordinate) in explained.enumerated() {
      for row in left.indices { left[row] -= coordinate * nuisance.q[row, place] }
    }
    let rest = left.reduce(0) { $0 + $1 * $1 }
    return min(1, max(0, 1 - rest / total))
  }

  /// The variance of an effect over what it would be with columns orthogonal to all others.
  func varianceInflation(_ weights: [Double]) -> Double {
    guard let gram else { return .infinity }
    // c = B'v for an estimable contrast; its variance is then |v|² in units of the noise's.
    let v = gram.solve(whole.coordinates * weights)
    let restored = whole.coordinates.transposed * v
    let scale = weights.reduce(0) { max($0, abs($1)) }
    let miss = zip(restored, weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
    guard miss <= 1e-6 * scale else { return .infinity }
    let variance = v.reduce(0) { $0 + $1 * $1 }
    var orthogonal = 0.0
    for (column, weight) in weights.enumerated() where weight != 0 {
      let length = squaresAboutMean(kept.column(column))
      guard length > 0 else { return .infinity }
      orthogonal += weight * weight / length
    }
    return variance / orthogonal
  }

  /// The smallest share of variance that the kept volumes hold, of the columns and of their sum.
  func keptVarianceShare(_ weights: [Double]) -> Double {
    var smallest = share(all * weights, kept * weights)
    for (column, weight) in weights.enumerated() where weight != 0 {
      smallest = min(smallest, share(all.column(column), kept.column(column)))
    }
    return smallest
  }

  /// Returns a column of a weighted sum that others determine, and these; `nil` where the sum of the
  /// estimates can be told, and where there are not more volumes than independent columns, whatever
  /// they are.
  func dependency(_ weights: [Double]) -> Dependency? {
    guard whole.rank < kept.rowCount, whole.estimable(weights) == nil else { return nil }
    let asked = weights.indices.filter { weights[$0] != 0 }
    return asked.lazy.compactMap(dependency(ofColumn:)).first
      ?? asked.first.map { Dependency(column: $0, others: []) }
  }

  /// What determines a column: a single other one where there is one, else all that it takes.
  private func dependency(ofColumn column: Int) -> Dependency? {
    let others = (0..<kept.columnCount).filter { $0 != column }
    let target = kept.column(column)
    let twin = others.first { determine(target, by: [$0]) != nil }
    return (twin.map { [$0] } ?? determine(target, by: others)).map {
      Dependency(column: column, others: $0)
    }
  }

  /// Returns the columns whose sum a column is; `nil` where it is none.
  private func determine(_ target: [Double], by others: [Int]) -> [Int]? {
    let columns = others.map(kept.column)
    let decomposition = RankRevealingQR(Matrix(columns: columns, rowCount: target.count))
    let coefficients = decomposition.coefficients(of: target)
    var left = target
    for (column, coefficient) in zip(columns, coefficients) where coefficient != 0 {
      for row in left.indices { left[row] -= coefficient * column[row] }
    }
    let size = length(target)
    guard length(left) <= 1e-8 * size else { return nil }
    return others.indices.filter {
      abs(coefficients[$0]) * length(columns[$0]) > 1e-6 * size
    }
    .map { others[$0] }
  }

  private func share(_ before: [Double], _ after: [Double]) -> Double {
    let total = squaresAboutMean(before)
    return total > 0 ? min(1, squaresAboutMean(after) / total) : 0
  }
}

/// A column that others determine.
struct Dependency: Equatable {
  /// The column, counted from 0.
  let column: Int

  /// The columns that it is a sum of; none where it is 0 throughout.
  let others: [Int]
}

private func length(_ values: [Double]) -> Double {
  values.reduce(0) { $0 + $1 * $1 }.squareRoot()
}

/// Returns the sum of squared differences from the mean.
private func squaresAboutMean(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(max(1, values.count))
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
}
