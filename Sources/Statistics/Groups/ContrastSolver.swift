import Algebra

/// What one contrast says at one voxel.
struct SolvedContrast: Sendable {
  let effect: Double
  let error: Double
  let statistic: Double
  let degrees: Double

  /// Nothing varies, or nothing can be told.
  static let none = SolvedContrast(effect: .nan, error: .nan, statistic: .nan, degrees: .nan)
}

/// A contrast of one set of participants, solved from sums over them.
struct ContrastSolver: Sendable {
  private let design: PresentDesign
  private let rows: [(group: Int, column: Int)]
  private let direction: Matrix
  private let isF: Bool
  private let isSeparate: Bool

  /// Per variance group the sum of the squared weights of its members.
  private let varianceWeights: [Double]

  /// Of an F: whitens the effects.
  private let cholesky: Cholesky?

  /// Prepares a contrast.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - design: The participants.
  ///   - index: The contrast, counted from 0.
  ///   - rows: The variance group and the column of the basis of every sum, by group.
  init(
    _ model: GroupModel,
    _ design: PresentDesign,
    contrast index: Int,
    rows: [(group: Int, column: Int)]
  ) {
    self.design = design
    self.rows = rows
    direction = model.directions[index]
    isF = model.contrasts[index].isF
    isSeparate = model.varianceGroupCount > 1
    let weights = design.weights(model, contrast: index)
    var sums = [Double](repeating: 0, count: model.varianceGroupCount)
    for (place, participant) in design.present.enumerated() {
      sums[model.varianceGroups[participant]] += weights[0, place] * weights[0, place]
    }
    varianceWeights = sums
    cholesky = isF ? Cholesky(weights * weights.transposed) : nil
  }

  /// Solves from the sums of the values with the basis, and of their squares per variance group.
  func solve(moments: [Double], squares: [Double]) -> SolvedContrast {
    let rank = direction.columnCount
    var products = [Double](repeating: 0, count: rank)
    for (row, moment) in zip(rows, moments) { products[row.column] += moment }
    var beta = [Double](repeating: 0, count: rank)
    for i in 0..<rank {
      for j in 0..<rank { beta[i] += design.gramInverse[i, j] * products[j] }
    }
    var rest = squares
    for (row, moment) in zip(rows, moments) { rest[row.group] -= 2 * beta[row.column] * moment }
    for group in rest.indices {
      let gram = design.groupGrams[group]
      for i in 0..<rank {
        for j in 0..<rank { rest[group] += beta[i] * gram[i, j] * beta[j] }
      }
      // Rounding leaves this much of the squares where the design explains everything.
      if rest[group] <= 1e-13 * squares[group] { rest[group] = 0 }
    }
    return isF ? solveF(beta, rest) : solveT(beta, rest)
  }

  private func solveT(_ beta: [Double], _ rest: [Double]) -> SolvedContrast {
    var (effect, variance, spread) = (0.0, 0.0, 0.0)
    for j in beta.indices { effect += direction[0, j] * beta[j] }
    if !isSeparate {
      variance = varianceWeights[0] * rest[0] / design.degreesOfFreedom
    } else {
      for group in rest.indices {
        let share = varianceWeights[group] * rest[group] / design.groupDegrees[group]
        variance += share
        spread += share * share / design.groupDegrees[group]
      }
    }
    guard variance > 0 else { return .none }
    let error = variance.squareRoot()
    return SolvedContrast(
      effect: effect,
      error: error,
      statistic: effect / error,
      degrees: isSeparate ? variance * variance / spread : design.degreesOfFreedom
    )
  }

  private func solveF(_ beta: [Double], _ rest: [Double]) -> SolvedContrast {
    let variance = rest.reduce(0, +) / design.degreesOfFreedom
    guard variance > 0, let cholesky else { return .none }
    let effects = cholesky.whiten(direction * beta)
    let square = effects.reduce(0) { $0 + $1 * $1 } / Double(effects.count)
    return SolvedContrast(
      effect: .nan,
      error: .nan,
      statistic: square / variance,
      degrees: design.degreesOfFreedom
    )
  }
}
