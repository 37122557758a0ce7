/// Images that are there and that no step uses; every report says so.
public enum UnusedImages: String, CaseIterable, Sendable {
  /// Fieldmaps: phase differences, phases with magnitudes, or fields.
  case fieldmap

  /// Echo-planar images of opposite phase encoding, from which distortion could be told.
  case reversedPhase

  /// Single-band references.
  case singleBandReference

  /// The phase of the signal beside its magnitude.
  case phase

  /// What is not done with them, in words.
  public var sentence: String {
    switch self {
    case .fieldmap: "a fieldmap is there, and distortion is not corrected"
    case .reversedPhase:
      "images of another phase encoding are there, and distortion is not corrected"
    case .singleBandReference:
      "single-band references are there, and the mean volume is the reference instead"
    case .phase: "phase images are there, and only magnitudes are used"
    }
  }
}

extension Dataset {
  /// Returns which kinds of images a participant has that no step uses, with their count.
  ///
  /// An image is known by its name or by its sidecar's, so that a dataset without images tells too.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, with or without `sub-`.
  ///   - session: The session's label, with or without `ses-`; `nil` for all sessions.
  /// - Returns: The count of each kind that is there.
  public func unusedImages(of participant: String, session: String?) -> [UnusedImages: Int] {
    let wanted = session.map(Entity.session.bareLabel)
    let sessions = files[Entity.subject.bareLabel(participant)]?.sessions ?? []
    var found: [UnusedImages: Set<FileName>] = [:]
    for session in sessions where wanted == nil || session.label == wanted || session.label == nil {
      for file in session.fieldmaps {
        guard let kind = fieldmapKind(file.name) else { continue }
        found[kind, default: []].insert(file.name.withoutExtension)
      }
      for file in session.functional {
        guard let kind = functionalKind(file.name) else { continue }
        found[kind, default: []].insert(file.name.withoutExtension)
      }
    }
    return found.mapValues(\.count)
  }

  /// Whether an image or a sidecar says that a participant has a T1-weighted image.
  ///
  /// - Parameter participant: The participant's label, with or without `sub-`.
  /// - Returns: `true` where one is named in any session.
  public func namesT1w(of participant: String) -> Bool {
    (files[Entity.subject.bareLabel(participant)]?.sessions ?? []).contains { session in
      session.anatomical.contains { $0.name.suffix == "T1w" && $0.name.isImageOrSidecar }
    }
  }
}

private func fieldmapKind(_ name: FileName) -> UnusedImages? {
  guard name.isImageOrSidecar else { return nil }
  switch name.suffix {
  case "epi": return .reversedPhase
  case "phasediff", "phase1", "phase2", "fieldmap": return .fieldmap
  default: return nil
  }
}

private func functionalKind(_ name: FileName) -> UnusedImages? {
  guard name.isImageOrSidecar else { return nil }
  switch name.suffix {
  case "sbref": return .singleBandReference
  case "bold" where name.entities[.part] == "phase", "phase": return .phase
  default: return nil
  }
}

extension FileName {
  fileprivate var isImageOrSidecar: Bool { isImage || fileExtension == ".json" }

  /// The same name for an image and its sidecar.
  fileprivate var withoutExtension: FileName { FileName(entities: entities, suffix: suffix) }

  private init(entities: Entities, suffix: String) {
    (self.entities, self.suffix, fileExtension) = (entities, suffix, "")
  }
}
