/// A model of an analysis as BIDS Stats Models describes it (`model-*_smdl.json`).
///
/// Read whole: every key and value that cannot be carried out is refused by its place in the file.
/// The nodes form one chain: run, then sessions, subject and dataset as far as they are asked for.
public struct StatsModel: Equatable, Sendable {
  /// What stands in the file, to be written down again.
  public let json: JSONValue

  /// The name the model gives itself.
  public let name: String

  /// The labels that take part, by entity; an entity that is absent is not restricted.
  public let input: [Entity: [String]]

  /// The nodes from the run on, in the order in which results pass through them.
  public let nodes: [StatsModelNode]

  /// What each node but the last passes on; one edge less than there are nodes.
  public let edges: [StatsModelEdge]

  /// Reads a model from its file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``StatsModelError`` with the place in the file.
  public init(path: String) throws(StatsModelError) {
    let content: String
    do throws(BIDSError) {
      content = try text(of: path)
    } catch {
      guard case .unreadable(let file) = error.reason else {
        throw StatsModelError(path: path, place: "the file", reason: .missingKey)
      }
      throw StatsModelError(path: path, place: "the file", reason: .file(file))
    }
    let json: JSONValue
    do throws(JSONValue.SyntaxError) {
      json = try JSONValue(parsing: content)
    } catch {
      throw StatsModelError(path: path, place: "the file", reason: .syntax(error))
    }
    try self.init(json, path: path)
  }

  /// Reads a model from what stands in its file.
  ///
  /// - Parameters:
  ///   - json: The content.
  ///   - path: The file, for messages.
  /// - Throws: ``StatsModelError`` with the place in the file.
  public init(_ json: JSONValue, path: String) throws(StatsModelError) {
    let root = JSONPlace(value: json, place: "", path: path)
    let members = try root.members(
      known: ["Name", "BIDSModelVersion", "Input", "Nodes", "Edges"],
      needed: ["Name", "BIDSModelVersion", "Nodes"]
    )
    self.json = json
    name = try members["Name"]?.text() ?? ""
    _ = try members["BIDSModelVersion"]?.text()
    input = try members["Input"].map(StatsModel.input) ?? [:]
    let list = root.at("Nodes", .null)
    var nodes: [StatsModelNode] = []
    for element in try members["Nodes"]?.elements() ?? [] {
      let node = try StatsModelNode(element)
      if nodes.contains(where: { $0.name == node.name }) {
        throw element.at("Name", .null).error(.wrongValue(expected: "different from other nodes'"))
      }
      nodes.append(node)
    }
    guard !nodes.isEmpty else {
      throw list.error(.wrongValue(expected: "a list with at least one node"))
    }
    let chain = try StatsModelChain(nodes, edges: members["Edges"], path: path)
    (self.nodes, edges) = (chain.nodes, chain.edges)
    try requireKnownFilters(path: path)
  }

  /// Whether two models say the same.
  public static func == (left: StatsModel, right: StatsModel) -> Bool { left.json == right.json }

  /// Reads which labels take part.
  private static func input(_ place: JSONPlace) throws(StatsModelError) -> [Entity: [String]] {
    let entities: [(String, Entity)] = [
      ("subject", .subject), ("session", .session), ("task", .task), ("run", .run),
    ]
    var input: [Entity: [String]] = [:]
    for (key, member) in try place.members(known: entities.map(\.0)) {
      guard let entity = entities.first(where: { $0.0 == key })?.1 else { continue }
      var labels: [String] = []
      if case .array = member.value {
        for element in try member.elements() {
          labels.append(entity.bareLabel(try element.label()))
        }
      } else {
        labels = [entity.bareLabel(try member.label())]
      }
      guard !labels.isEmpty else {
        throw member.error(.wrongValue(expected: "a list with at least one label"))
      }
      input[entity] = labels
    }
    return input
  }
}

extension StatsModel {
  /// The node of single runs, where the chain begins.
  public var runNode: StatsModelNode { nodes[0] }

  /// The node of the whole dataset, where there is one.
  public var datasetNode: StatsModelNode? { nodes.first { $0.level == .dataset } }

  /// The names of the contrasts that go from the runs to a participant; `nil` for all.
  public var combinedContrasts: Set<String>? {
    narrowed(nodes.indices.dropLast().filter { nodes[$0 + 1].level != .dataset })
  }

  /// The names of the contrasts that reach the dataset; `nil` for all.
  public var comparedContrasts: Set<String>? {
    narrowed(Array(nodes.indices.dropLast()))
  }

  /// The contrasts that pass all edges from some nodes on; `nil` where nothing is left out.
  private func narrowed(_ places: [Int]) -> Set<String>? {
    places.compactMap { edges[$0].contrasts }.reduce(nil) { left, passing in
      left.map { $0.intersection(passing) } ?? passing
    }
  }

  /// Refuses an edge that lets a contrast pass which no run has.
  private func requireKnownFilters(path: String) throws(StatsModelError) {
    guard runNode.dummies == nil || runNode.dummies?.names != nil else { return }
    let known = runNode.contrasts.map(\.name) + (runNode.dummies?.names ?? [])
    for edge in edges {
      for name in (edge.contrasts ?? []).sorted() where !known.contains(name) {
        throw StatsModelError(
          path: path,
          place: "\(edge.place).Filter.contrast",
          reason: .wrongValue(
            expected: "names of contrasts of \(runNode.name), not \"\(name)\": "
              + known.joined(separator: ", ")
          )
        )
      }
    }
  }
}

extension StatsModel: Codable {
  /// Reads a model within another file.
  ///
  /// - Parameter decoder: What to read from.
  /// - Throws: `DecodingError` where it is no model that can be carried out.
  public init(from decoder: any Decoder) throws {
    do {
      try self.init(try JSONValue(from: decoder), path: "")
    } catch let error as StatsModelError {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "a model that can be carried out, but \(error.complaint)"
        )
      )
    }
  }

  /// Writes what was read.
  ///
  /// - Parameter encoder: What to write to.
  /// - Throws: What stands in the encoder's way.
  public func encode(to encoder: any Encoder) throws {
    try json.encode(to: encoder)
  }
}
