import BIDS
import Statistics

/// The values that a design needs, of the participants who have all of them.
struct ParticipantValues {
  let request: GroupDesignRequest
  let participants: [String]
  let leftOut: [LeftOut]

  /// The compared levels, and the level of each participant; empty where none are compared.
  let levels: [String]
  let levelOf: [Int]

  /// The numbers of each participant, by column.
  let numbers: [String: [Double]]

  /// The names of each participant, by column.
  let names: [String: [String]]

  /// Looks every value up.
  init(_ request: GroupDesignRequest) throws(GroupDesignError) {
    self.request = request
    let used = request.question.columns + request.covariates.map(\.column)
    if let twice = used.enumerated().first(where: { used[..<$0.offset].contains($0.element) }) {
      throw .usedTwice(twice.element)
    }
    let needed = used + (request.blockColumn.map { used.contains($0) ? [] : [$0] } ?? [])
    try request.check(needed)
    let numeric = Set(request.numericColumns)
    levels = request.question.levels

    var (kept, leftOut): ([String], [LeftOut]) = ([], [])
    var (numbers, names): ([String: [Double]], [String: [String]]) = ([:], [:])
    var levelOf: [Int] = []
    var seen: Set<String> = []
    for participant in request.participants.map(Entity.subject.bareLabel) {
      guard seen.insert(participant).inserted else { throw .duplicate(participant) }
      let cells = needed.map { request.phenotype?.value(of: $0, for: participant) }
      if let reason = request.reason(participant, needed, cells) {
        leftOut.append(LeftOut(participant: participant, reason: reason))
        continue
      }
      kept.append(participant)
      for (column, cell) in zip(needed, cells.compactMap(\.self)) {
        if numeric.contains(column) {
          guard let number = Double(cell), number.isFinite else {
            throw .notANumber(participant: participant, column: column, text: cell)
          }
          numbers[column, default: []].append(number)
        } else {
          names[column, default: []].append(cell)
          if column == request.question.groupColumn, let level = levels.firstIndex(of: cell) {
            levelOf.append(level)
          }
        }
      }
    }
    for (index, level) in levels.enumerated() {
      let count = levelOf.count { $0 == index }
      guard count >= 2 else {
        throw .levelTooSmall(level, column: request.question.groupColumn ?? "", count: count)
      }
    }
    (participants, self.leftOut, self.levelOf) = (kept, leftOut, levelOf)
    (self.numbers, self.names) = (numbers, names)
  }

  /// A numeric column, centred.
  func centred(_ column: String) throws(GroupDesignError) -> [Double] {
    let values = numbers[column] ?? []
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    guard values.contains(where: { $0 != values.first }) else { throw .constant(column) }
    return values.map { $0 - mean }
  }

  /// The blocks that a column names.
  var blocks: ExchangeabilityBlocks? {
    guard let column = request.blockColumn, let cells = names[column] else { return nil }
    let known = Set(cells).sorted(by: labelPrecedes)
    return ExchangeabilityBlocks(
      blockOf: cells.map { known.firstIndex(of: $0) ?? 0 },
      kind: request.blockKind
    )
  }

  /// The means of all numeric columns, over all and by group.
  var means: [CovariateMean] {
    request.numericColumns.flatMap { column -> [CovariateMean] in
      guard let values = numbers[column] else { return [] }
      func mean(_ members: [Double]) -> Double {
        members.reduce(0, +) / Double(max(1, members.count))
      }
      let byGroup = levels.enumerated().map { index, level in
        CovariateMean(
          column: column,
          group: level,
          mean: mean(zip(values, levelOf).filter { $0.1 == index }.map(\.0))
        )
      }
      return [CovariateMean(column: column, group: nil, mean: mean(values))] + byGroup
    }
  }
}

extension GroupQuestion {
  /// The columns it needs.
  var columns: [String] { [groupColumn, score].compactMap(\.self) }

  /// The column whose levels are compared.
  var groupColumn: String? {
    switch self {
    case .mean, .regression: nil
    case .twoSample(let column, _, _), .oneWay(let column, _, _), .interaction(let column, _, _, _):
      column
    }
  }

  /// The column of the score.
  var score: String? {
    switch self {
    case .regression(let score), .interaction(_, _, _, let score): score
    default: nil
    }
  }

  /// The compared levels, in order.
  var levels: [String] {
    switch self {
    case .mean, .regression: []
    case .twoSample(_, let first, let second), .interaction(_, let first, let second, _):
      [first, second]
    case .oneWay(_, let levels, _): levels
    }
  }
}

extension GroupDesignRequest {
  /// The columns that hold numbers.
  fileprivate var numericColumns: [String] {
    let covariates = covariates.compactMap { covariate -> String? in
      if case .number(let column) = covariate { column } else { nil }
    }
    return (question.score.map { [$0] } ?? []) + covariates
  }

  /// Refuses columns that the table does not have.
  fileprivate func check(_ columns: [String]) throws(GroupDesignError) {
    guard let first = columns.first else { return }
    guard let phenotype else { throw .noPhenotype(column: first) }
    let path = phenotype.paths.joined(separator: ", ")
    for column in columns where !phenotype.columns.contains(column) {
      throw .noColumn(column, path: path, existing: phenotype.columns)
    }
  }

  /// Why a participant takes no part; `nil` for one who does.
  fileprivate func reason(
    _ participant: String,
    _ columns: [String],
    _ cells: [String?]
  ) -> LeftOut.Reason? {
    guard !columns.isEmpty else { return nil }
    guard let phenotype, phenotype.contains(participant) else { return .notInPhenotype }
    for (column, cell) in zip(columns, cells) {
      if column == question.groupColumn {
        guard let cell else { return .groupNotStated }
        if !question.levels.contains(cell) { return .otherGroup(cell) }
      } else if cell == nil {
        return .noValue(column)
      }
    }
    return nil
  }
}
