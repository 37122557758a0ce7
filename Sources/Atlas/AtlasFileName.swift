/// What the name of an atlas' image tells.
struct AtlasFileName {
  /// The folder it lies in, with the last slash; empty for the current one.
  let folder: String

  /// The name without folder and extension.
  let stem: String

  /// Takes a path apart.
  ///
  /// - Parameter path: The image's path.
  init(_ path: String) {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    folder = String(path[..<cut])
    let file = String(path[cut...])
    let extensions = [".nii.gz", ".nii", ".tsv"]
    let ending = extensions.first { file.lowercased().hasSuffix($0) } ?? ""
    stem = String(file.dropLast(ending.count))
  }

  /// The parts of the name between underscores.
  private var parts: [Substring] { stem.split(separator: "_") }

  private func entity(_ key: String) -> String? {
    parts.first { $0.hasPrefix(key + "-") }.map { String($0.dropFirst(key.count + 1)) }
  }

  /// The template space that the name tells: `space-`, `tpl-`, or a part that is such a name.
  var space: String? {
    if let named = entity("space") ?? entity("tpl") { return templateSpaceName(named) }
    return parts.map { templateSpaceName(String($0)) }.first { $0.hasPrefix("MNI152NLin") }
  }

  /// The atlas' own name: `atlas-` with `desc-`, or all that is no entity.
  var atlasName: String {
    if let atlas = entity("atlas") ?? entity("seg") { return atlas + (entity("desc") ?? "") }
    let plain = parts.filter { !$0.contains("-") || $0.first?.isUppercase == true }
      .filter { $0 != "dseg" }
    let kept = plain.isEmpty ? parts : plain
    return kept.joined(separator: "_")
  }

  /// The stems under which a file of names may lie beside the image, best first.
  var stemsOfNames: [String] {
    let withoutResolution = parts.filter { !$0.hasPrefix("res-") }
    let withoutSpace = withoutResolution.filter {
      !templateSpaceName(String($0)).hasPrefix("MNI152NLin") && !$0.hasPrefix("space-")
    }
    return [stem, withoutResolution.joined(separator: "_"), withoutSpace.joined(separator: "_")]
  }
}
