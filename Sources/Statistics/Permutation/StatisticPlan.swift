import Algebra

/// The sums that a statistic takes over participants, before they are packed.
struct StatisticPlan {
  /// A sum over a range of participants, in the plan's order.
  struct Row {
    let range: Range<Int>
    let group: Int
    let column: Int
    /// One weight per participant of the plan.
    let weights: [Double]
  }

  /// The present participants by variance group.
  let participants: [Int]
  let rows: [Row]
  let effectCount: Int

  /// Orthonormal columns that are taken off, participants × columns, and then the scales.
  let nuisances: Matrix
  let nuisancesOfEffect: Matrix
  let scales: [Double]

  /// Of separate variances: the contrast in an orthonormal basis, each group's Gram matrix of that
  /// basis one after the other, and the sum of the squared weights of its members.
  var contrast: [Double] = []
  var grams: [Double] = []
  var varianceWeights: [Double] = []

  /// Plans a t or an F of one variance: the effect's direction and what nuisances take.
  init?(pooled model: GroupModel, _ index: Int, _ design: PresentDesign, _ kind: Resampling) {
    participants = design.present
    let (weights, nuisances) = partition(model, index, design)
    effectCount = weights.count
    // The nuisances' residuals sum to 0 in any order, so a constant takes nothing off them.
    let taken = kind == .exchange ? nuisances.dropFirst(nuisances.constantCount) : nuisances[...]
    let everybody = 0..<design.present.count
    rows = (weights + taken).enumerated().map { column, weights in
      Row(range: everybody, group: 0, column: column, weights: weights)
    }
    self.nuisances = Matrix(columns: nuisances, rowCount: design.present.count)
    nuisancesOfEffect = self.nuisances
    scales = [Double](repeating: 1, count: design.present.count)
  }

  /// Plans a t of separate variances: the sums of each group with each column of a basis.
  init?(separate model: GroupModel, _ index: Int, _ design: PresentDesign) {
    participants = design.present.sorted {
      (model.varianceGroups[$0], $0) < (model.varianceGroups[$1], $1)
    }
    let groups = participants.map { model.varianceGroups[$0] }
    let basis = model.basis.keeping(rows: participants)
    let decomposition = RankRevealingQR(basis)
    let q = decomposition.q
    guard decomposition.rank == model.rank,
      let contrast = decomposition.estimable(model.directions[index].row(0))
    else { return nil }
    self.contrast = contrast
    effectCount = 1
    var scales: [Double] = []
    for place in participants.indices {
      let leverage = q.row(place).reduce(0) { $0 + $1 * $1 }
      guard leverage < 1 - 1e-9 else { return nil }
      scales.append(1 / (1 - leverage).squareRoot())
    }
    self.scales = scales
    nuisances = q
    var rows: [Row] = []
    for group in 0..<model.varianceGroupCount {
      let members = participants.indices.filter { groups[$0] == group }
      guard let first = members.first else { return nil }
      for column in 0..<model.rank where members.contains(where: { abs(q[$0, column]) > 1e-14 }) {
        rows.append(
          Row(
            range: first..<first + members.count,
            group: group,
            column: column,
            weights: q.column(column)
          )
        )
      }
      let part = q.keeping(rows: members)
      grams += (part.transposed * part).elements
      let weights = part * contrast
      varianceWeights.append(weights.reduce(0) { $0 + $1 * $1 })
    }
    self.rows = rows
    let effect = (q * contrast).unit
    nuisancesOfEffect = Matrix(
      columns: basisOf(q, apartFrom: [effect]),
      rowCount: participants.count
    )
  }
}

/// Splits a design into the orthonormal directions of a contrast and a basis of the nuisances.
///
/// A constant comes first where the nuisances explain one.
///
/// Source: Winkler et al. (2014), *NeuroImage* 92, 381-397, appendix A.
private func partition(
  _ model: GroupModel,
  _ index: Int,
  _ design: PresentDesign
) -> (effects: [[Double]], nuisances: [[Double]]) {
  let weights = design.weights(model, contrast: index)
  var effects: [[Double]] = []
  for row in 0..<weights.rowCount {
    effects.append(weights.row(row).orthogonal(to: effects).unit)
  }
  let basis = model.basis.keeping(rows: design.present)
  return (effects, basisOf(basis, apartFrom: effects))
}

/// Returns an orthonormal basis of what some columns span beside given directions, a constant first
/// where they span one.
private func basisOf(_ columns: Matrix, apartFrom taken: [[Double]]) -> [[Double]] {
  var all: [[Double]] = []
  for column in 0..<columns.columnCount {
    let next = columns.column(column).unit.orthogonal(to: taken + all)
    if next.length > 1e-8 { all.append(next.unit) }
  }
  let constant = [Double](repeating: 1, count: columns.rowCount).unit
  guard constant.orthogonal(to: all).length < 1e-8 else { return all }
  var result = [constant]
  for direction in all {
    let next = direction.orthogonal(to: taken + result)
    if next.length > 1e-8, result.count < all.count { result.append(next.unit) }
  }
  return result
}

extension [[Double]] {
  /// 1 where the first direction is a constant, else 0.
  fileprivate var constantCount: Int {
    guard let first, let value = first.first else { return 0 }
    return first.allSatisfy { $0 == value } ? 1 : 0
  }
}

extension [Double] {
  /// The root of the sum of squares.
  fileprivate var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// The vector over its length, or itself where that is 0.
  fileprivate var unit: [Double] {
    let length = length
    return length > 0 ? map { $0 / length } : self
  }

  /// The vector without its projections on orthonormal directions, each taken off twice.
  fileprivate func orthogonal(to directions: [[Double]]) -> [Double] {
    var result = self
    for _ in 0..<2 {
      for direction in directions {
        var share = 0.0
        for i in indices { share += result[i] * direction[i] }
        for i in indices { result[i] -= share * direction[i] }
      }
    }
    return result
  }
}
