import BIDS
import Files
import Job

extension StatsModel {
  /// What the model asks, in lines for a person.
  ///
  /// - Parameter model: The same in the job's words.
  /// - Returns: The lines.
  func account(of model: Model) -> [String] {
    var lines = ["model \(name): \(nodes.map(\.level.rawValue).joined(separator: " -> "))"]
    if !input.isEmpty {
      let parts = input.sorted { $0.key.rawValue < $1.key.rawValue }.map { entity, labels in
        "\(entity.rawValue) \(labels.joined(separator: ", "))"
      }
      lines.append("takes part: \(parts.joined(separator: "; "))")
    }
    lines += runNode.runLines(model)
    for (node, edge) in zip(nodes.dropFirst(), edges) {
      let passing = edge.contrasts.map { $0.sorted().joined(separator: ", ") } ?? "every contrast"
      lines.append("\(node.name) (\(node.level.rawValue)): takes \(passing)")
      switch node.level {
      case .session: lines.append("  runs of a session are combined by precision (fixed effects)")
      case .subject: lines.append("  runs and sessions are combined by precision (fixed effects)")
      default: lines += datasetLines
      }
    }
    return lines
  }
}

extension StatsModel {
  /// What the dataset node asks.
  private var datasetLines: [String] {
    let questions = (try? datasetQuestions(path: "")) ?? []
    return questions.map { question in
      switch question {
      case .mean(let name): "  asks: \(name), the mean over all participants against 0"
      case .difference(let name, let comparison):
        "  asks: \(name), \(comparison.text), by Welch's t (the groups' variances may differ)"
      }
    }
  }
}

extension StatsModelNode {
  fileprivate func runLines(_ model: Model) -> [String] {
    var lines = ["\(name) (Run): one fit per run"]
    for (index, instruction) in instructions.enumerated() {
      lines.append("  \(index + 1). \(instruction.sentence)")
    }
    if let response {
      let names = response.variables.map(\.text).joined(separator: ", ")
      lines.append("  then \(names): convolved with \(response.response)")
    }
    let columns = predictors.filter { !$0.isConstant }.map(\.text).joined(separator: ", ")
    lines.append("  columns: \(columns), and the constant, which every design has")
    if case .cosine(let cutoff) = model.drift {
      lines.append("  drift: cosines of periods longer than \(fixed(cutoff, digits: 1)) s")
    } else {
      lines.append(
        "  drift: none is taken out; Model.Options.HighPassFilterCutoffHz 0.0078125 would (128 s)"
      )
    }
    if let dummies {
      let names = dummies.names?.joined(separator: ", ") ?? "every condition"
      lines.append("  asks, each by itself: \(names) (\(dummies.test.words))")
    }
    for contrast in contrasts {
      let request = model.contrasts.first { $0.name == contrast.name }
      lines.append(
        "  asks: \(contrast.name) = \(request?.expression ?? "") (\(contrast.test.words))"
      )
    }
    return lines
  }
}

extension StatsModelContrast.Test {
  fileprivate var words: String {
    switch self {
    case .t: "t"
    case .f: "F"
    case .pass: "passed on; its t is written too"
    }
  }
}

extension StatsModelInstruction {
  /// The instruction in words.
  fileprivate var sentence: String {
    let names = inputs.map(\.text).joined(separator: ", ")
    let made =
      (outputs.isEmpty ? [] : [outputs.joined(separator: ", ")])
      .map { " -> \(outputPrefix)\($0)\(outputSuffix)" }.first
      ?? (isInPlace ? "" : " -> \(outputPrefix)...\(outputSuffix)")
    return "\(names): \(operation.words)\(made)"
  }
}

extension StatsModelOperation {
  fileprivate var words: String {
    switch self {
    case .factor(let constraint, let reference, let separator):
      "an indicator per level, named with \"\(separator)\""
        + (constraint == .none ? "" : ", \(constraint.rawValue)")
        + (reference.map { " of \($0)" } ?? "")
    case .convolve(let response): "convolved with \(response)"
    case .scale(let demeans, let rescales, let replacement):
      [
        demeans ? "less its mean over the run's events" : nil,
        rescales ? "over its standard deviation" : nil,
        replacement.map { "missing values are 0 \($0.rawValue) that" },
      ]
      .compactMap(\.self).joined(separator: ", ")
    case .demean: "less its mean over the run's events"
    case .rename: "renamed"
    case .replace(let table, let attribute):
      "\(table.count) values of its \(attribute.rawValue) replaced"
    case .select: "nothing else is kept"
    case .threshold(let limit, let isBinary, let keepsAbove, let isSigned):
      "\(isBinary ? "1" : "kept") where \(isSigned ? "it" : "its magnitude") is "
        + "\(keepsAbove ? "at least" : "at most") \(number(limit)), else 0"
    case .orthogonalize(let others):
      "less what \(others.map(\.text).joined(separator: ", ")) explain of it"
    case .assign(let targets, let from, let to):
      "its \(from.rawValue) becomes the \(to.rawValue) of \(Set(targets).sorted().joined(separator: ", "))"
    case .copy: "copied"
    case .dropMissing: "events without a value are left out"
    case .product: "their product"
    case .sum(let weights):
      "their sum"
        + (weights.map { " with weights \($0.map(number).joined(separator: ", "))" } ?? "")
    }
  }
}
