internal import Algebra
public import Imaging

/// The effects that an F contrast asks about at once, and how they vary together, per voxel.
public struct JointMaps: Equatable, Sendable {
  /// The rows of the contrast's weights that the effects belong to, counted from 0; rows that follow
  /// from others are left out.
  public let rows: [Int]

  /// One map per row, in % signal change.
  public let effects: [MaskedMap]

  /// The lower triangle of the effects' covariance, row after row, in % signal change squared.
  public let covariance: [MaskedMap]

  /// The effects and their covariance at a place of the maps' mask.
  func effects(at place: Int) -> JointEffects {
    JointEffects(
      rows: rows,
      effects: effects.map { $0.values[place] },
      covariance: covariance.map { $0.values[place] }
    )
  }
}

/// The effects that an F contrast asks about at once, and how they vary together.
public struct JointEffects: Equatable, Sendable {
  /// The rows of the contrast's weights that the effects belong to, counted from 0.
  public let rows: [Int]

  /// One effect per row, in the data's unit.
  public let effects: [Double]

  /// The lower triangle of the effects' covariance, row after row.
  public let covariance: [Double]

  /// F: the mean of the squared effects in units of their covariance; NaN where that is singular.
  var statistic: Double {
    guard let factor = Cholesky(square) else { return .nan }
    let white = factor.whiten(effects)
    return white.reduce(0) { $0 + $1 * $1 } / Double(effects.count)
  }

  /// Combines the effects of several runs, each weighted by its precision matrix.
  ///
  /// - Parameter runs: At least one, all of the same rows.
  /// - Returns: The combination; NaN where a covariance is singular.
  static func combined(_ runs: [JointEffects]) -> JointEffects {
    let count = runs[0].effects.count
    var precision = Matrix(zeros: count, count)
    var weighted = [Double](repeating: 0, count: count)
    for run in runs {
      guard let factor = Cholesky(run.square) else { return runs[0].blank }
      let inverse = factor.inverse
      for i in precision.elements.indices { precision.elements[i] += inverse.elements[i] }
      for (i, value) in factor.solve(run.effects).enumerated() { weighted[i] += value }
    }
    guard let factor = Cholesky(precision) else { return runs[0].blank }
    let inverse = factor.inverse
    return JointEffects(
      rows: runs[0].rows,
      effects: factor.solve(weighted),
      covariance: (0..<count).flatMap { i in (0...i).map { inverse[i, $0] } }
    )
  }

  private var blank: JointEffects {
    JointEffects(
      rows: rows,
      effects: effects.map { _ in .nan },
      covariance: covariance.map { _ in .nan }
    )
  }

  private var square: Matrix {
    var result = Matrix(zeros: effects.count, effects.count)
    var place = 0
    for i in effects.indices {
      for j in 0...i {
        result[i, j] = covariance[place]
        result[j, i] = covariance[place]
        place += 1
      }
    }
    return result
  }
}
