/// What one node of a Stats Model passes to the next.
public struct StatsModelEdge: Sendable {
  /// Where it stands in the file, such as `Edges[0]`.
  public let place: String

  /// The names of the contrasts that pass; `nil` for all.
  public let contrasts: Set<String>?
}

/// The nodes of a Stats Model in the order in which results pass through them.
struct StatsModelChain {
  let nodes: [StatsModelNode]
  let edges: [StatsModelEdge]

  /// Orders nodes by their edges; without edges they stand in order already.
  init(
    _ given: [StatsModelNode],
    edges place: JSONPlace?,
    path: String
  ) throws(StatsModelError) {
    var ordered = [given[0]]
    var edges: [StatsModelEdge] = []
    if let place, !(try place.elements()).isEmpty {
      let found = try StatsModelChain.connections(place, of: given)
      guard let root = given.first(where: { node in !found.contains { $0.to == node.name } }) else {
        throw place.error(.wrongValue(expected: "edges that begin at a node and do not go round"))
      }
      ordered = [root]
      while let next = found.first(where: { $0.from == ordered.last?.name }) {
        guard let node = given.first(where: { $0.name == next.to }), ordered.count < given.count
        else { break }
        ordered.append(node)
        edges.append(next.edge)
      }
      if let left = given.first(where: { node in !ordered.contains { $0.name == node.name } }) {
        throw place.error(
          .wrongValue(expected: "edges that connect all nodes, \"\(left.name)\" too, in one chain")
        )
      }
    } else {
      ordered = given
      edges = given.dropFirst().map { StatsModelEdge(place: $0.place, contrasts: nil) }
    }
    (nodes, self.edges) = (ordered, edges)
    try requireLevels(path: path)
  }

  private typealias Connection = (from: String, to: String, edge: StatsModelEdge)

  /// Reads the edges.
  private static func connections(
    _ place: JSONPlace,
    of nodes: [StatsModelNode]
  ) throws(StatsModelError) -> [Connection] {
    var found: [Connection] = []
    for element in try place.elements() {
      let members = try element.members(
        known: ["Source", "Destination", "Filter"],
        needed: ["Source", "Destination"]
      )
      var ends: [String] = []
      for key in ["Source", "Destination"] {
        guard let end = members[key] else { continue }
        let name = try end.text()
        guard nodes.contains(where: { $0.name == name }) else {
          throw end.error(
            .wrongValue(expected: "one of the nodes \(nodes.map(\.name).joined(separator: ", "))")
          )
        }
        ends.append(name)
      }
      for other in found where other.from == ends[0] || other.to == ends[1] {
        throw element.error(
          .unsupported(
            instead: "the nodes must form one chain, each with one node before and behind"
          )
        )
      }
      let filter = try members["Filter"]?.members(known: ["contrast"])["contrast"]
      var contrasts: Set<String>?
      if let filter { contrasts = Set(try texts(filter)) }
      found.append(
        (ends[0], ends[1], StatsModelEdge(place: element.place, contrasts: contrasts))
      )
    }
    return found
  }

  private static func texts(_ place: JSONPlace) throws(StatsModelError) -> [String] {
    let names = try place.texts()
    guard !names.isEmpty else { throw place.error(.wrongValue(expected: "at least one name")) }
    return names
  }

  /// Refuses nodes whose levels do not rise from the run on, or that group otherwise than by level.
  private func requireLevels(path: String) throws(StatsModelError) {
    let order = StatsModelNode.Level.allCases
    var last = -1
    for node in nodes {
      let rank = order.firstIndex(of: node.level) ?? 0
      let place = JSONPlace(value: .null, place: node.place, path: path)
      if node.place == nodes[0].place, node.level != .run {
        throw place.at("Level", .null).error(.wrongValue(expected: "Run in the first node"))
      }
      guard rank > last else {
        throw place.at("Level", .null).error(
          .unsupported(
            instead: "levels rise from Run over Session and Subject to Dataset, each once"
          )
        )
      }
      last = rank
      try requireCombination(node, place)
    }
    if let dataset = nodes.last, dataset.level == .dataset,
      !nodes.contains(where: { $0.level == .subject })
    {
      throw StatsModelError(
        path: path,
        place: "\(dataset.place).Level",
        reason: .unsupported(instead: "put a node of Level Subject, Type meta, X [1] before it")
      )
    }
  }

  /// Refuses what a node of its level cannot do here.
  private func requireCombination(
    _ node: StatsModelNode,
    _ place: JSONPlace
  ) throws(StatsModelError) {
    let needed: Set<String> =
      switch node.level {
      case .run: ["run", "subject"]
      case .session: ["session", "subject", "contrast"]
      case .subject: ["subject", "contrast"]
      case .dataset: ["contrast"]
      }
    let allowed = node.level == .run ? needed.union(["session", "task"]) : needed
    guard node.groupBy.isSuperset(of: needed), node.groupBy.isSubset(of: allowed) else {
      let words = needed.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
      throw place.at("GroupBy", .null).error(
        .wrongValue(expected: "[\(words)] at the level \(node.level.rawValue)")
      )
    }
    if node.level == .run || node.level == .dataset {
      guard node.kind == .glm else {
        throw place.at("Model.Type", .null).error(
          .unsupported(instead: "write glm at the level \(node.level.rawValue)")
        )
      }
      return
    }
    guard node.kind == .meta else {
      throw place.at("Model.Type", .null).error(
        .unsupported(
          instead:
            "runs and sessions are combined by the precision of each (fixed effects); write meta"
        )
      )
    }
    try requireMean(node, place)
  }

  /// Refuses anything else than the mean of each contrast.
  private func requireMean(_ node: StatsModelNode, _ place: JSONPlace) throws(StatsModelError) {
    guard node.predictors.count == 1, node.predictors[0].isConstant else {
      throw place.at("Model.X", .null).error(
        .unsupported(instead: "write [1], the mean of each contrast, at this level")
      )
    }
    guard node.instructions.isEmpty else {
      throw place.at("Transformations", .null).error(
        .unsupported(instead: "variables are transformed in the Run node")
      )
    }
    guard node.response == nil, node.highPassCutoff == nil else {
      throw place.at("Model", .null).error(
        .unsupported(instead: "HRF and Options belong to the Run node")
      )
    }
    if let own = node.contrasts.first {
      let isMean =
        own.conditions.allSatisfy(\.isConstant) && own.weights.count == 1
        && own.weights[0].count == 1 && own.weights[0][0].value == 1 && own.test != .f
      guard isMean, own.name == "1" || own.name == "intercept", node.contrasts.count == 1 else {
        throw StatsModelError(
          path: place.path,
          place: own.place,
          reason: .unsupported(instead: "write DummyContrasts with Test t, which keeps the names")
        )
      }
    }
    if let dummies = node.dummies, dummies.test == .f {
      throw place.at("DummyContrasts.Test", .null).error(.wrongValue(expected: "t or pass"))
    }
  }
}
