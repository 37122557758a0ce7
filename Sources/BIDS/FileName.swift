/// A BIDS file name taken apart: its entities, what kind of file it is, and its format.
public struct FileName: Hashable, Sendable {
  /// The entities before the suffix.
  public let entities: Entities

  /// The kind of content: `bold`, `T1w`, `events`, ...
  public let suffix: String

  /// The format, from the first dot on: `.nii.gz`, `.json`, ...
  public let fileExtension: String

  /// Reads a file name, or returns `nil` where it does not follow the BIDS form.
  ///
  /// Names of files that belong to no participant, such as `task-pain_bold.json`, are read too.
  ///
  /// - Parameter name: A file name, without folders.
  public init?(_ name: String) {
    guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return nil }
    var parts = name[..<dot].split(separator: "_", omittingEmptySubsequences: false)
    guard let suffix = parts.popLast(), !suffix.isEmpty, !suffix.contains("-") else { return nil }

    var labels: [Entity: String] = [:]
    for part in parts {
      guard let dash = part.firstIndex(of: "-") else { return nil }
      guard let entity = Entity(rawValue: String(part[..<dash])) else { return nil }
      let label = String(part[part.index(after: dash)...])
      guard !label.isEmpty, labels.updateValue(label, forKey: entity) == nil else { return nil }
    }
    entities = Entities(labels: labels)
    self.suffix = String(suffix)
    fileExtension = String(name[dot...])
  }

  /// Whether the file is a NIfTI image, compressed or not.
  public var isImage: Bool { fileExtension == ".nii.gz" || fileExtension == ".nii" }
}
