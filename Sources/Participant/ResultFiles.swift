import Design
import Files
import GLM
import Imaging
import NIfTI

/// Writes the files of a participant and remembers them.
struct ResultFiles {
  /// The output folder.
  let folder: String

  /// The paths of the files, relative to the output folder.
  private(set) var written: [String] = []

  /// Starts without files.
  ///
  /// - Parameter folder: The output folder.
  init(in folder: String) { self.folder = folder }

  /// Writes a text.
  mutating func write(_ text: String, _ name: String) throws {
    try writeAtomically(Array(text.utf8), to: "\(folder)/\(name)")
    written.append(name)
  }

  /// Takes over a scratch file.
  mutating func move(_ path: String, _ name: String) throws {
    try moveFile(path, to: "\(folder)/\(name)")
    written.append(name)
  }

  /// Writes an image.
  mutating func write(
    _ volume: Volume,
    _ name: String,
    isTemplate: Bool,
    _ description: String,
    encoding: StoredAs = .float32
  ) throws {
    try writeVolume(
      volume,
      to: "\(folder)/\(name)",
      spaceIsTemplate: isTemplate,
      description: description,
      encoding: encoding
    )
    written.append(name)
  }

  /// Writes the maps of a contrast, and beside that of t or F what it is of.
  ///
  /// - Parameters:
  ///   - estimate: The contrast.
  ///   - isTemplate: Whether its grid lies in the template's space.
  ///   - name: The name of a map, from the word for its statistic.
  /// - Throws: The error of a file that cannot be written.
  mutating func write(
    _ estimate: ContrastEstimate,
    isTemplate: Bool,
    named name: (String) -> String
  ) throws {
    let maps: [(String, MaskedMap?)] = [
      ("effect", estimate.effect),
      ("variance", estimate.variance),
      (estimate.statisticLabel, estimate.statistic),
      ("z", estimate.z),
      ("p", estimate.p),
    ]
    for case (let statistic, let map?) in maps {
      try write(map, name(statistic), isTemplate: isTemplate, estimate.contrast.name)
    }
    let image = name(estimate.statisticLabel)
    try write(
      try StatisticDescription(of: estimate).indentedJSON,
      image.replacing(".nii.gz", with: ".json")
    )
  }

  /// Writes a map.
  mutating func write(
    _ map: MaskedMap,
    _ name: String,
    isTemplate: Bool,
    _ description: String
  ) throws {
    try write(map.volume, name, isTemplate: isTemplate, description)
  }
}
