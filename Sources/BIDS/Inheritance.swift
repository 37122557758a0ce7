/// The text files that can apply to the images of one session, from the farthest to the nearest.
struct Inheritance {
  /// The files of each level: dataset, participant, session, and the image's own folder.
  let levels: [[NamedFile]]

  /// The session's label, `nil` where there are no sessions.
  let session: String?

  init(dataset: [NamedFile], participant: ParticipantFiles, session: ParticipantFiles.Session) {
    self.session = session.label
    let own = session.label == nil ? [] : session.loose
    levels = [dataset, participant.loose, own, session.functional]
  }

  /// The JSON files that apply to an image, from the farthest to the nearest.
  func sidecars(of image: FileName) -> [String] {
    levels.flatMap { level in
      applying(level, suffix: image.suffix, fileExtension: ".json", to: image.entities)
    }
  }

  /// The nearest events file that applies to an image.
  func events(of image: FileName) -> String? {
    levels.compactMap { level in
      applying(level, suffix: "events", fileExtension: ".tsv", to: image.entities).last
    }.last
  }

  /// The files of one level that apply, those that name more entities last.
  private func applying(
    _ level: [NamedFile],
    suffix: String,
    fileExtension: String,
    to entities: Entities
  ) -> [String] {
    level.filter { file in
      file.name.suffix == suffix && file.name.fileExtension == fileExtension
        && file.name.entities.apply(to: entities)
    }
    .sorted { ($0.name.entities.count, $0.path) < ($1.name.entities.count, $1.path) }
    .map(\.path)
  }
}
