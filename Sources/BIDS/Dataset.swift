/// A BIDS dataset: which participants, sessions, tasks and runs there are, and where their files lie.
///
/// Only names are read here; what a run's JSON files say is read when the run is asked for.
public struct Dataset: Sendable {
  /// The dataset's folder, as the user gave it.
  public let root: String

  /// The name the dataset gives itself, or that of its folder.
  public let name: String

  /// Whether the dataset says of itself that it was derived from another.
  public let isDerivative: Bool

  /// The labels of all participants, sorted, without `sub-`.
  public let participants: [String]

  /// What was noticed, in sentences.
  public let notes: [String]

  /// The files of every participant, by label.
  let files: [String: ParticipantFiles]

  /// The text files beside the participants' folders.
  let loose: [NamedFile]

  /// The labels in use below `func`, for messages and checks.
  let labelsInUse: [Entity: Set<String>]

  /// Indexes a dataset.
  ///
  /// - Parameter root: The folder that holds the `sub-*` folders.
  /// - Throws: ``BIDSError`` where it cannot be listed, holds no participant, or its description is no
  ///   JSON.
  public init(root: String) throws(BIDSError) {
    let root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    guard let folder = try Folder(ifPresent: root) else {
      throw BIDSError(path: root, reason: .unlistable("there is no such folder"))
    }
    let names = folder.folders.filter { $0.hasPrefix("sub-") && $0.count > 4 }
    guard !names.isEmpty else { throw BIDSError(path: root, reason: .noParticipants) }

    var (files, notes): ([String: ParticipantFiles], [String]) = ([:], [])
    for name in names {
      let label = Entity.subject.bareLabel(name)
      let participant = try ParticipantFiles(label: label, path: root + "/" + name)
      notes += participant.notes
      files[label] = participant
    }
    let description = try Dataset.description(in: folder, root: root)
    if description == nil {
      notes.append("\(root): there is no dataset_description.json, which BIDS asks for")
    }
    self.root = root
    self.files = files
    participants = files.keys.sorted(by: labelPrecedes)
    loose = folder.files.compactMap { NamedFile(path: root + "/" + $0) }
    labelsInUse = Dataset.labelsInUse(files)
    self.notes = notes
    let folderName = root.split(separator: "/").last.map(String.init) ?? root
    if case .string(let given) = description?["Name"] { name = given } else { name = folderName }
    isDerivative = description?["DatasetType"] == .string("derivative")
  }

  private static func description(
    in folder: Folder,
    root: String
  ) throws(BIDSError) -> [String: JSONValue]? {
    guard folder.files.contains("dataset_description.json") else { return nil }
    return try readObject(root + "/dataset_description.json")
  }

  private static func labelsInUse(_ files: [String: ParticipantFiles]) -> [Entity: Set<String>] {
    var labels: [Entity: Set<String>] = [:]
    for session in files.values.flatMap(\.sessions) {
      if let label = session.label { labels[.session, default: []].insert(label) }
      for file in session.functional {
        for entity in [Entity.task, .run, .space] {
          if let label = file.name.entities[entity] { labels[entity, default: []].insert(label) }
        }
      }
    }
    return labels
  }
}

extension Dataset {
  /// The labels of all sessions, sorted; empty where the dataset has none.
  public var sessions: [String] { labels(of: .session) }

  /// The labels of all tasks, sorted.
  public var tasks: [String] { labels(of: .task) }

  /// The labels of all runs, sorted.
  public var runLabels: [String] { labels(of: .run) }

  /// Returns the labels of the sessions a participant has, sorted.
  ///
  /// - Parameter participant: The participant's label, with or without `sub-`.
  /// - Returns: The labels; empty where the participant has no sessions or does not exist.
  public func sessions(of participant: String) -> [String] {
    files[Entity.subject.bareLabel(participant)]?.sessions.compactMap(\.label) ?? []
  }

  private func labels(of entity: Entity) -> [String] {
    (labelsInUse[entity] ?? []).sorted(by: labelPrecedes)
  }
}
