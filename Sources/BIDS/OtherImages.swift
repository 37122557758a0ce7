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

  /// Returns the fieldmap images of a participant; they are not used, and a report says so.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, with or without `sub-`.
  ///   - session: The session's label, with or without `ses-`; `nil` for all sessions.
  /// - Returns: The paths of the images, sorted.
  public func fieldmapPaths(of participant: String, session: String?) -> [String] {
    let wanted = session.map(Entity.session.bareLabel)
    let sessions = files[Entity.subject.bareLabel(participant)]?.sessions ?? []
    return sessions.filter { wanted == nil || $0.label == wanted || $0.label == nil }
      .flatMap(\.fieldmaps).filter(\.name.isImage).map(\.path).sorted()
  }

  /// Returns the table of the dataset's participants, or `nil` where there is no `participants.tsv`.
  ///
  /// - Returns: The table.
  /// - Throws: ``BIDSError`` where the file is there but cannot be used.
  public func phenotype() throws(BIDSError) -> Phenotype? {
    guard let folder = try Folder(ifPresent: root) else { return nil }
    guard folder.files.contains("participants.tsv") else { return nil }
    return try Phenotype(path: root + "/participants.tsv")
  }
}
