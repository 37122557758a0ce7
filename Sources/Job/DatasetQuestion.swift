public import BIDS

/// What the dataset node of a Stats Model asks.
public enum DatasetQuestion: Equatable, Sendable {
  /// Whether the mean over all participants differs from 0.
  case mean(name: String)

  /// Whether two groups differ.
  case difference(name: String, Comparison)
}

extension StatsModel {
  /// Returns the questions of the dataset node.
  ///
  /// - Parameter path: The model's file, for messages.
  /// - Returns: One per contrast; none where there is no such node.
  /// - Throws: `StatsModelError` where the node asks for more than means and differences of two groups.
  public func datasetQuestions(path: String) throws(StatsModelError) -> [DatasetQuestion] {
    guard let node = datasetNode else { return [] }
    return try DatasetNodeReader(node: node, path: path).questions()
  }
}

/// Takes a dataset node apart.
private struct DatasetNodeReader {
  let node: StatsModelNode
  let path: String

  func questions() throws(StatsModelError) -> [DatasetQuestion] {
    guard node.response == nil, node.highPassCutoff == nil else {
      throw refusal("Model", "HRF and Options belong to the Run node")
    }
    if node.predictors.allSatisfy(\.isConstant) { return try means() }
    let (column, prefix) = try factor()
    var levels: [String] = []
    for predictor in node.predictors {
      guard let name = predictor.pattern, !name.hasWildcards, name.text.hasPrefix(prefix),
        name.text.count > prefix.count
      else {
        throw StatsModelError(
          path: path,
          place: predictor.place,
          reason: .unsupported(
            instead:
              "name two levels of \(column), such as [\"\(prefix)FM\", \"\(prefix)HC\"]; constants and "
              + "covariates are not taken yet"
          )
        )
      }
      levels.append(String(name.text.dropFirst(prefix.count)))
    }
    guard levels.count == 2 else {
      throw refusal("Model.X", "name exactly two levels of \(column)")
    }
    if node.dummies != nil {
      throw refusal("DummyContrasts", "write Contrasts with Weights [1, -1]")
    }
    var questions: [DatasetQuestion] = []
    for contrast in node.contrasts {
      let (first, second) = try difference(contrast, prefix: prefix)
      questions.append(
        .difference(
          name: contrast.name,
          Comparison(column: column, first: first, second: second)
        )
      )
    }
    return questions
  }

  private func means() throws(StatsModelError) -> [DatasetQuestion] {
    guard node.instructions.isEmpty else {
      throw refusal(
        "Transformations",
        "a mean over all participants takes no variable; leave them out"
      )
    }
    for contrast in node.contrasts where contrast.weights.count != 1 || contrast.test == .f {
      throw StatsModelError(
        path: path,
        place: contrast.place,
        reason: .unsupported(instead: "write Weights [1] and Test t")
      )
    }
    let names = node.contrasts.map(\.name) + (node.dummies == nil ? [] : ["mean"])
    return names.map { .mean(name: $0) }
  }

  /// The column that a single Factor instruction splits, and what its levels' names begin with.
  private func factor() throws(StatsModelError) -> (column: String, prefix: String) {
    guard let first = node.instructions.first, node.instructions.count == 1,
      case .factor(.none, _, let separator) = first.operation, first.isInPlace,
      first.inputs.count == 1, let input = first.inputs.first, !input.hasWildcards
    else {
      throw refusal(
        "Transformations.Instructions",
        "write one Factor of one column of the phenotype table, without a Constraint"
      )
    }
    return (input.text, input.text + separator)
  }

  /// The level that counts positively, and the one that is subtracted.
  private func difference(
    _ contrast: StatsModelContrast,
    prefix: String
  ) throws(StatsModelError) -> (String, String) {
    let weights = contrast.weights.count == 1 ? contrast.weights[0].map(\.value) : []
    guard weights.sorted() == [-1, 1], contrast.test == .t else {
      throw StatsModelError(
        path: path,
        place: "\(contrast.place).Weights",
        reason: .unsupported(instead: "two groups are compared by Weights [1, -1] and Test t")
      )
    }
    let names = contrast.conditions.map { String($0.text.dropFirst(prefix.count)) }
    return weights[0] > 0 ? (names[0], names[1]) : (names[1], names[0])
  }

  private func refusal(_ key: String, _ instead: String) -> StatsModelError {
    StatsModelError(
      path: path,
      place: "\(node.place).\(key)",
      reason: .unsupported(instead: instead)
    )
  }
}
