import BIDS
import Statistics

/// A column of a design and its name.
struct DesignColumn {
  let name: String
  let values: [Double]
}

extension ParticipantValues {
  /// The columns of the question: one per compared level, or a constant, and scores.
  func questionColumns() throws(GroupDesignError) -> [DesignColumn] {
    let count = participants.count
    let indicators = levels.enumerated().map { index, level in
      DesignColumn(name: level, values: levelOf.map { $0 == index ? 1 : 0 })
    }
    let constant = DesignColumn(name: "mean", values: [Double](repeating: 1, count: count))
    switch request.question {
    case .mean: return [constant]
    case .twoSample, .oneWay: return indicators
    case .regression(let score):
      return [constant, DesignColumn(name: score, values: try centred(score))]
    case .interaction(_, _, _, let score):
      let values = try centred(score)
      return indicators
        + indicators.map { level in
          DesignColumn(
            name: "\(score) in \(level.name)",
            values: zip(level.values, values).map { $0 * $1 }
          )
        }
    }
  }

  /// The columns of a covariate.
  func columns(of covariate: GroupCovariate) throws(GroupDesignError) -> [DesignColumn] {
    switch covariate {
    case .number(let column): return [DesignColumn(name: column, values: try centred(column))]
    case .category(let column):
      let cells = names[column] ?? []
      let known = Set(cells).sorted(by: labelPrecedes)
      guard known.count > 1 else { throw .constant(column) }
      return known.dropFirst().map { level in
        let share = Double(cells.count { $0 == level }) / Double(cells.count)
        return DesignColumn(
          name: "\(column)[\(level)]",
          values: cells.map { ($0 == level ? 1 : 0) - share }
        )
      }
    }
  }

  /// The contrasts of the question and what their standardised effects are of.
  func contrasts(
    _ columns: [String],
    hasF: Bool
  ) throws(GroupDesignError) -> [(contrast: GroupContrast, standardised: StandardisedQuestion?)] {
    func weights(_ first: [Double]) -> [Double] {
      first + [Double](repeating: 0, count: columns.count - first.count)
    }
    switch request.question {
    case .mean: return [(GroupContrast(name: "mean", weights: weights([1])), .mean)]
    case .twoSample(_, let first, let second):
      return [
        (
          GroupContrast(name: "\(first)-\(second)", weights: weights([1, -1])),
          .difference(first: members(0), second: members(1))
        )
      ]
    case .regression(let score):
      return [(GroupContrast(name: score, weights: weights([0, 1])), .slope)]
    case .interaction(_, let first, let second, let score):
      return [
        (
          GroupContrast(name: "\(score) in \(first)-\(second)", weights: weights([0, 0, 1, -1])),
          .slope
        ),
        (GroupContrast(name: score, weights: weights([0, 0, 0.5, 0.5])), .slope),
        (
          GroupContrast(name: "\(first)-\(second)", weights: weights([1, -1])),
          .difference(first: members(0), second: members(1))
        ),
      ]
    case .oneWay(let column, _, let planned):
      var result = try comparisons(planned).map { comparison in
        (
          GroupContrast(name: comparison.name, weights: weights(comparison.weights)),
          comparison.standardised
        )
      }
      if hasF {
        let rows = (1..<levels.count).map { level in
          weights(levels.indices.map { $0 == 0 ? 1 : $0 == level ? -1 : 0 })
        }
        result.insert((GroupContrast(name: column, rows: rows), nil), at: 0)
      }
      return result
    }
  }

  /// The rows of a level's members.
  private func members(_ level: Int) -> [Int] { levelOf.indices.filter { levelOf[$0] == level } }

  /// The weights of planned comparisons, or of all pairs.
  private func comparisons(
    _ planned: [PlannedComparison]
  ) throws(GroupDesignError) -> [(
    name: String, weights: [Double], standardised: StandardisedQuestion?
  )] {
    var all = planned
    if planned.isEmpty {
      for (index, first) in levels.enumerated() {
        for second in levels[(index + 1)...] {
          all.append(
            PlannedComparison(name: "\(first)-\(second)", weights: [first: 1, second: -1])
          )
        }
      }
    }
    var result: [(name: String, weights: [Double], standardised: StandardisedQuestion?)] = []
    for comparison in all {
      let weights = levels.map { comparison.weights[$0] ?? 0 }
      let isKnown = comparison.weights.keys.allSatisfy { levels.contains($0) }
      guard isKnown, abs(weights.reduce(0, +)) < 1e-9, weights.contains(where: { $0 != 0 }) else {
        throw .planned(comparison.name)
      }
      // A comparison of two levels has a standardised difference; one of several has none that is
      // commonly understood.
      let (up, down) = (weights.firstIndex(of: 1), weights.firstIndex(of: -1))
      let isPair = weights.count { $0 != 0 } == 2
      let standardised: StandardisedQuestion? =
        if isPair, let up, let down {
          .difference(first: members(up), second: members(down))
        } else {
          nil
        }
      result.append((comparison.name, weights, standardised))
    }
    return result
  }
}
