import Algebra

/// The fit of a few values: one region's, with what each participant weighs in it.
struct SmallFit: Sendable {
  /// The participants' rows in the model; one may come several times.
  let rows: [Int]

  /// c'β.
  let effect: Double

  /// Its standard error, as the model assumes variances.
  let standardError: Double

  /// The degrees of freedom of the error.
  let degrees: Double

  /// The weight of every row in the effect.
  let weights: [Double]

  /// What the design leaves of every value, and its share of itself in its own prediction.
  let residuals: [Double]
  let leverages: [Double]

  /// Whether each group has its own variance.
  let isSeparate: Bool

  /// Fits, or returns `nil` where the rows have not the model's rank or nothing varies.
  init?(_ values: [Double], _ model: GroupModel, _ contrast: Int, rows: [Int]) {
    guard let design = PresentDesign(model, present: rows), !model.contrasts[contrast].isF else {
      return nil
    }
    let rank = model.rank
    var products = [Double](repeating: 0, count: rank)
    for row in rows { for j in 0..<rank { products[j] += model.basis[row, j] * values[row] } }
    let beta = design.gramInverse * products
    let solved = design.gramInverse * model.directions[contrast].row(0)
    var (weights, residuals, leverages): ([Double], [Double], [Double]) = ([], [], [])
    var squares = [Double](repeating: 0, count: model.varianceGroupCount)
    var shares = squares
    for row in rows {
      var (weight, fitted, leverage) = (0.0, 0.0, 0.0)
      for j in 0..<rank {
        weight += model.basis[row, j] * solved[j]
        fitted += model.basis[row, j] * beta[j]
        for k in 0..<rank {
          leverage += model.basis[row, j] * design.gramInverse[j, k] * model.basis[row, k]
        }
      }
      let residual = values[row] - fitted
      weights.append(weight)
      residuals.append(residual)
      leverages.append(leverage)
      squares[model.varianceGroups[row]] += residual * residual
      shares[model.varianceGroups[row]] += weight * weight
    }
    var (variance, spread) = (0.0, 0.0)
    for group in squares.indices {
      let share = shares[group] * squares[group] / design.groupDegrees[group]
      variance += share
      spread += share * share / design.groupDegrees[group]
    }
    let largest = rows.reduce(0) { max($0, abs(values[$1])) }
    guard variance > 1e-26 * largest * largest else { return nil }
    self.rows = rows
    effect = zip(model.directions[contrast].row(0), beta).reduce(0) { $0 + $1.0 * $1.1 }
    standardError = variance.squareRoot()
    isSeparate = model.varianceGroupCount > 1
    degrees = isSeparate ? variance * variance / spread : design.degreesOfFreedom
    (self.weights, self.residuals, self.leverages) = (weights, residuals, leverages)
  }

  /// The effect when each participant is left out in turn; NaN where the rest has not the rank.
  var effectsWithoutOne: [Double] {
    rows.indices.map { place in
      let free = 1 - leverages[place]
      return free > 1e-9 ? effect - weights[place] * residuals[place] / free : .nan
    }
  }
}
