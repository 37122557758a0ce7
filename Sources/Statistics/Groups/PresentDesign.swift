import Algebra

/// A model's design for the participants who have a value at some voxel.
struct PresentDesign: Sendable {
  /// Those participants, ascending.
  let present: [Int]

  /// (Q'Q)⁻¹ of their rows of the basis.
  let gramInverse: Matrix

  /// Q'Q of the rows of every variance group.
  let groupGrams: [Matrix]

  /// What the design leaves free of every variance group; they add up to *n* - rank.
  let groupDegrees: [Double]

  /// *n* - rank.
  let degreesOfFreedom: Double

  /// Restricts a model, or returns `nil` where the rest has not the model's rank or leaves a group
  /// without freedom.
  init?(_ model: GroupModel, present: [Int]) {
    let rank = model.rank
    guard present.count > rank else { return nil }
    var grams = [Matrix](repeating: Matrix(zeros: rank, rank), count: model.varianceGroupCount)
    var counts = [Double](repeating: 0, count: model.varianceGroupCount)
    for participant in present {
      let group = model.varianceGroups[participant]
      let row = model.basis.row(participant)
      counts[group] += 1
      for i in 0..<rank { for j in 0..<rank { grams[group][i, j] += row[i] * row[j] } }
    }
    var gram = Matrix(zeros: rank, rank)
    for part in grams { for i in gram.elements.indices { gram.elements[i] += part.elements[i] } }
    guard let cholesky = Cholesky(gram) else { return nil }
    // The basis is orthonormal for all; a pivot this small is a direction that nobody is left in.
    for i in 0..<rank where cholesky.lower[i, i] < 1e-5 { return nil }
    gramInverse = cholesky.inverse
    groupGrams = grams
    let inverse = gramInverse
    groupDegrees = zip(counts, grams).map { count, part in
      var trace = 0.0
      for i in 0..<rank { for j in 0..<rank { trace += inverse[i, j] * part[j, i] } }
      return count - trace
    }
    guard groupDegrees.allSatisfy({ $0 > 1e-6 }) else { return nil }
    self.present = present
    degreesOfFreedom = Double(present.count - rank)
  }

  /// Returns the weights of the present participants in each row of a contrast.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - index: The contrast, counted from 0.
  /// - Returns: Rows × present participants; a row times their values is the effect.
  func weights(_ model: GroupModel, contrast index: Int) -> Matrix {
    let rows = model.basis.keeping(rows: present)
    return model.directions[index] * gramInverse * rows.transposed
  }
}
