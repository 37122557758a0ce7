/// The built-in spellings of a template space and what they stand for.
private let spellings = [
  "MNI152NLin6": "MNI152NLin6Asym",
  "2009cAsym": "MNI152NLin2009cAsym",
  "MNI2009cAsym": "MNI152NLin2009cAsym",
  "MNI152NLin2009c": "MNI152NLin2009cAsym",
  "Colin27": "MNIColin27",
]

/// Returns the one name of a template space that is spelled in several ways.
///
/// - Parameter name: A name as a file or a person gives it.
/// - Returns: The name that stands for it everywhere here; the name itself where none is known.
public func templateSpaceName(_ name: String) -> String {
  spellings.first { $0.key.lowercased() == name.lowercased() }?.value ?? name
}

/// Says whether an atlas may be used with a template.
///
/// The members of the MNI152 family differ by a few millimetres: one stands in for another, and
/// that is recorded. Every other pair of spaces is two different brains.
///
/// - Parameters:
///   - atlas: The atlas.
///   - templateSpace: The name of the space the brain is mapped to.
///   - allowsMismatch: Whether a person has accepted a different space.
/// - Returns: A sentence for the record where the spaces are not the same, else `nil`.
/// - Throws: ``AtlasError`` where the spaces differ and that was not accepted.
public func checkSpace(
  of atlas: RegionAtlas,
  against templateSpace: String,
  allowsMismatch: Bool
) throws(AtlasError) -> String? {
  let (own, other) = (templateSpaceName(atlas.space), templateSpaceName(templateSpace))
  if own == other { return nil }
  if isMNI152(own), isMNI152(other) {
    return "Atlas \(atlas.name) is in \(own), the template in \(other): both are MNI152 averages, "
      + "and places differ by a few mm."
  }
  guard allowsMismatch else {
    throw AtlasError(path: atlas.name, reason: .otherSpace(atlas: own, template: other))
  }
  return "Atlas \(atlas.name) is in \(own), the template in \(other): these are different brains, "
    + "and the mismatch was accepted by hand; regions may lie a centimetre off."
}

/// Whether a space belongs to the family of MNI152 averages.
private func isMNI152(_ name: String) -> Bool { name.hasPrefix("MNI152") }
