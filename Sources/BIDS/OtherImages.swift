// The images beside the functional ones.
extension Dataset {
  /// Returns the T1-weighted image to use for a participant, or `nil` where there is none.
  ///
  /// The session's own is taken first, then one of another session; among several the one that names
  /// fewest entities, then the first by name. One that can be read goes before one that cannot.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, with or without `sub-`.
  ///   - session: The session's label, with or without `ses-`.
  /// - Returns: The path, of a file that may turn out to be empty or a link that leads nowhere.
  public func t1wPath(of participant: String, session: String?) -> String? {
    let wanted = session.map(Entity.session.bareLabel)
    guard let sessions = files[Entity.subject.bareLabel(participant)]?.sessions else { return nil }
    let own = sessions.filter { $0.label == wanted }
    let others = sessions.filter { $0.label != wanted }
    let candidates = (own + others).flatMap { session in
      session.anatomical
        .filter { $0.name.suffix == "T1w" && $0.name.isImage && $0.name.entities.space == nil }
        .sorted { first, second in
          let (a, b) = (first.name.entities, second.name.entities)
          return a.count == b.count ? a < b : a.count < b.count
        }
    }
    let usable = candidates.first { ImageState(of: $0.path) == .present }
    return (usable ?? candidates.first)?.path
  }

  /// Returns what is known of the dataset's participants: `participants.tsv`, where there is one, and
  /// other tables, joined.
  ///
  /// - Parameters:
  ///   - paths: The other tables.
  ///   - idColumn: The column of the labels in these; found where none is named.
  /// - Returns: What is known; `nil` where there is no table at all.
  /// - Throws: ``BIDSError`` where a file cannot be used, or two state different things.
  public func phenotype(
    with paths: [String] = [],
    idColumn: String? = nil
  ) throws(BIDSError) -> Phenotype? {
    var tables: [Phenotype] = []
    let own = root + "/participants.tsv"
    if let folder = try Folder(ifPresent: root), folder.files.contains("participants.tsv"),
      !paths.contains(own)
    {
      tables.append(try Phenotype(path: own))
    }
    for path in paths {
      tables.append(try Phenotype(path: path, idColumn: idColumn, known: participants))
    }
    return tables.isEmpty ? nil : try Phenotype(joining: tables)
  }
}
