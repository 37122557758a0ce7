public import BIDS
import Files

extension Model {
  /// Creates the model that a Stats Model describes; what it leaves open is as usual.
  ///
  /// Its conditions are made run by run from the file's instructions. Drift is taken out only where
  /// the file has a `HighPassFilterCutoffHz`; confounds are those of its `X`.
  ///
  /// - Parameters:
  ///   - statsModel: The model.
  ///   - path: Its file, for messages.
  /// - Throws: `StatsModelError` where its run or dataset node cannot be carried out.
  public init(following statsModel: StatsModel, path: String) throws(StatsModelError) {
    self.init()
    let node = statsModel.runNode
    self.statsModel = statsModel
    hemodynamics = try node.hemodynamics(path: path)
    drift = node.highPassCutoff.map { .cosine(cutoff: 1 / $0) } ?? .none
    let named = node.confoundNames
    confounds = named.isEmpty ? .none : .columns(named)
    var requests: [ContrastRequest] = []
    for (index, name) in (node.dummies?.names ?? []).enumerated() {
      guard name != "1" else {
        throw StatsModelError(
          path: path,
          place: "\(node.place).DummyContrasts.Contrasts[\(index)]",
          reason: constantIsNoQuestion
        )
      }
      let test: ContrastRequest.Test? = node.dummies?.test == .f ? .f : nil
      requests.append(ContrastRequest(name: name, expression: quoted(name), test: test))
    }
    for contrast in node.contrasts { requests.append(try contrast.request(path: path)) }
    contrasts = requests
    _ = try statsModel.datasetQuestions(path: path)
  }

  /// Whether every condition and modulator is asked for, beside ``contrasts``.
  public var asksEachCondition: Bool {
    guard let dummies = statsModel?.runNode.dummies else {
      return statsModel == nil && contrasts.isEmpty
    }
    return dummies.names == nil
  }

  /// The first value that does not follow from ``statsModel``.
  var contradiction: JobError.Reason? {
    guard let statsModel, let followed = try? Model(following: statsModel, path: "") else {
      return nil
    }
    let checks: [(String, Bool)] = [
      ("model.hemodynamics", hemodynamics == followed.hemodynamics),
      ("model.drift", drift == followed.drift),
      ("model.confounds", confounds == followed.confounds),
      ("model.contrasts", contrasts == followed.contrasts),
      ("model.modulators", modulators.isEmpty),
    ]
    guard let (path, _) = checks.first(where: { !$0.1 }) else { return nil }
    return .wrongValue(path, expected: "what model.statsModel says; change it there and run again")
  }
}

private let constantIsNoQuestion = StatsModelError.Reason.unsupported(
  instead: "the constant of a run is the brightness of the image; ask about conditions"
)

extension StatsModelNode {
  /// The confounds, or patterns of them, that the design or an instruction takes.
  fileprivate var confoundNames: [String] {
    let names = predictors.compactMap(\.pattern?.text) + instructions.flatMap(\.inputs).map(\.text)
    return names.indices.filter { isConfoundName(names[$0]) && !names[..<$0].contains(names[$0]) }
      .map { names[$0] }
  }

  /// The richest response that a variable of the run is convolved with.
  fileprivate func hemodynamics(path: String) throws(StatsModelError) -> Hemodynamics {
    var words: [(place: String, response: String)] = []
    for instruction in instructions {
      guard case .convolve(let response) = instruction.operation else { continue }
      words.append(("\(instruction.place).Model", response))
    }
    if let response { words.append(("\(response.place).Model", response.response)) }
    guard let first = words.first else {
      throw StatsModelError(path: path, place: "\(place).Model.HRF", reason: .missingKey)
    }
    let shape = first.response.prefix { $0 != "+" }
    for word in words where word.response.prefix(while: { $0 != "+" }) != shape {
      throw StatsModelError(
        path: path,
        place: word.place,
        reason: .unsupported(instead: "all variables share one shape of response, here \(shape)")
      )
    }
    let richest = words.max { $0.response.count < $1.response.count } ?? first
    return Hemodynamics(word: richest.response) ?? .spm
  }
}

extension StatsModelContrast {
  /// The question in the job's words.
  fileprivate func request(path: String) throws(StatsModelError) -> ContrastRequest {
    if let index = conditions.firstIndex(where: \.isConstant) {
      throw StatsModelError(
        path: path,
        place: "\(place).ConditionList[\(index)]",
        reason: constantIsNoQuestion
      )
    }
    let rows = weights.map { row in
      let terms = zip(conditions, row).filter { $0.1.value != 0 }.map { condition, weight in
        let name = quoted(condition.text)
        return switch weight.text {
        case "1": name
        case "-1": "-\(name)"
        default: "\(weight.text) * \(name)"
        }
      }
      return terms.dropFirst().reduce(terms.first ?? "") { sum, term in
        term.hasPrefix("-") ? "\(sum) - \(term.dropFirst())" : "\(sum) + \(term)"
      }
    }
    return ContrastRequest(
      name: name,
      expression: rows.joined(separator: ", "),
      test: test == .f && rows.count == 1 ? .f : nil
    )
  }
}
