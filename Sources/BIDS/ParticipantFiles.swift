/// The files of one participant that an analysis can need, as the folders were found.
struct ParticipantFiles: Sendable {
  /// The files of one session, or of the participant where there are no sessions.
  struct Session: Sendable {
    /// The session's label, `nil` where the participant has no sessions.
    let label: String?

    /// The session's folder.
    let path: String

    /// Sidecars and other files beside the folders of the session.
    var loose: [NamedFile] = []

    /// The files below `func`.
    var functional: [NamedFile] = []

    /// The files below `anat`.
    var anatomical: [NamedFile] = []

    /// The files below `fmap`.
    var fieldmaps: [NamedFile] = []
  }

  /// The participant's label.
  let label: String

  /// The participant's folder.
  let path: String

  /// Files that stand in the participant's own folder.
  private(set) var loose: [NamedFile] = []

  /// The sessions, sorted by label; the one without a label first.
  private(set) var sessions: [Session] = []

  /// Names in these folders that were left out, and why.
  private(set) var notes: [String] = []

  /// Walks the folders of a participant: `[ses-*/]{func,anat,fmap}` and nothing else.
  init(label: String, path: String) throws(BIDSError) {
    (self.label, self.path) = (label, path)
    guard let folder = try Folder(ifPresent: path) else { return }
    loose = read(folder.files, in: path, session: nil)
    if let plain = try session(nil, at: path, holding: folder) { sessions.append(plain) }

    let names = folder.folders.filter { $0.hasPrefix("ses-") }
    for name in names.sorted(by: labelPrecedes) {
      let sessionPath = path + "/" + name
      guard let inner = try Folder(ifPresent: sessionPath) else { continue }
      let sessionLabel = Entity.session.bareLabel(name)
      var session =
        try session(sessionLabel, at: sessionPath, holding: inner)
        ?? Session(label: sessionLabel, path: sessionPath)
      session.loose = read(inner.files, in: sessionPath, session: sessionLabel)
      sessions.append(session)
    }
  }

  private mutating func session(
    _ sessionLabel: String?,
    at path: String,
    holding folder: Folder
  ) throws(BIDSError) -> Session? {
    var session = Session(label: sessionLabel, path: path)
    var isThere = false
    for kind in ["func", "anat", "fmap"] where folder.folders.contains(kind) {
      guard let inner = try Folder(ifPresent: path + "/" + kind) else { continue }
      isThere = true
      let files = read(inner.files, in: path + "/" + kind, session: sessionLabel)
      switch kind {
      case "func": session.functional = files
      case "anat": session.anatomical = files
      default: session.fieldmaps = files
      }
    }
    return isThere ? session : nil
  }

  /// Takes the names that follow the BIDS form and notes the images that do not belong here.
  private mutating func read(
    _ names: [String],
    in path: String,
    session: String?
  ) -> [NamedFile] {
    names.compactMap { text in
      let file = NamedFile(path: path + "/" + text)
      guard let file else {
        if text.hasSuffix(".nii") || text.hasSuffix(".nii.gz") {
          notes.append("\(path)/\(text): this is no BIDS file name; the image was left out")
        }
        return nil
      }
      let entities = file.name.entities
      guard entities.subject == label, entities.session == session else {
        if file.name.isImage {
          notes.append(
            "\(path)/\(text): the name belongs to another folder; the image was left out"
          )
        }
        return nil
      }
      return file
    }
  }
}

/// A file whose name follows the BIDS form.
struct NamedFile: Sendable {
  /// Where it lies.
  let path: String

  /// Its name, taken apart.
  let name: FileName

  init?(path: String) {
    let text = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    guard let name = FileName(String(text)) else { return nil }
    (self.path, self.name) = (path, name)
  }
}
