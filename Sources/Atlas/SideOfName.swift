/// Words in a region's name that tell its side.
private let sideWords: [String: Hemisphere] = [
  "l": .left, "lh": .left, "left": .left,
  "r": .right, "rh": .right, "right": .right,
]

/// Words in a region's name that place it in the brainstem.
private let brainstemWords: Set = [
  "brainstem", "midbrain", "pons", "medulla", "pag", "periaqueductal", "parabrachial", "rvm",
  "raphe",
]

/// Returns the words of a name: runs of letters and digits, in lower case.
private func words(of name: String) -> [String] {
  name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
}

/// Returns the side that a region's name tells, such as `LH_Vis_1`, `THA-VP-rh` or `Left Amygdala`.
///
/// - Parameter name: The name.
/// - Returns: Left or right; none where the name tells neither, or both.
func hemisphere(fromName name: String) -> Hemisphere {
  let sides = Set(words(of: name).compactMap { sideWords[$0] })
  guard sides.count == 1, let side = sides.first else { return .none }
  return side
}

/// Returns whether a name places a region in the brainstem.
///
/// - Parameter name: The name.
/// - Returns: Whether one of its words is a part of the brainstem.
func isBrainstem(fromName name: String) -> Bool {
  let words = words(of: name)
  if words.contains(where: brainstemWords.contains) { return true }
  return zip(words, words.dropFirst()).contains { $0 == "brain" && $1 == "stem" }
}

extension Region {
  /// The name without the word that tells its side, by which the two sides of a pair are matched.
  public var nameWithoutSide: String {
    guard hemisphere == .left || hemisphere == .right else { return name }
    let separators: (Character) -> Bool = { !$0.isLetter && !$0.isNumber }
    let parts = name.split(omittingEmptySubsequences: false, whereSeparator: separators)
    let kept = parts.filter { sideWords[$0.lowercased()] != hemisphere }
    return kept.count == parts.count ? name : kept.joined(separator: "_")
  }
}
