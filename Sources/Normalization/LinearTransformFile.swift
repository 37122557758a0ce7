import Glibc
public import Imaging

/// A rigid or affine transform as elastix writes it.
///
/// Lines of `(Key value ...)`. Both kinds map x to M (x - c) + c + t in LPS mm, fixed points to
/// moving points; M is given row by row, or as three angles with M = Rz Rx Ry.
public enum LinearTransformFile {
  /// The factors by which a head may change its volume between two images.
  ///
  /// Beyond, a transform is taken as degenerate. Adult heads differ from the template by less than 1.7 either way.
  public static let plausibleFactors = 0.25...4.0

  /// Returns the map of a file's text, in RAS.
  ///
  /// - Parameter text: The text of the file.
  /// - Returns: Fixed points to moving points, mm, RAS+.
  /// - Throws: The defect, where the text holds no such transform or one that cannot be used.
  public static func affine(in text: String) throws(NormalizationError.Defect) -> Affine {
    let entries = entries(of: text)
    let parameters = try numbers(entries, "TransformParameters")
    let centre = try numbers(entries, "CenterOfRotationPoint")
    guard centre.count == 3 else { throw .unreadable(detail: "no centre of rotation") }
    let linear: [Double]
    switch (entries["Transform"]?.first, parameters.count) {
    case ("EulerTransform", 6) where entries["ComputeZYX"]?.first != "true":
      linear = rotation(parameters[0], parameters[1], parameters[2])
    case ("AffineTransform", 12):
      linear = Array(parameters[0..<9])
    default:
      throw .unreadable(detail: "neither an affine nor an Euler transform")
    }
    let shift = SIMD3(parameters.suffix(3))
    let affine = inRAS(linear, centre: SIMD3(centre), shift: shift)
    let factor = affine.determinant
    guard factor.isFinite, affine.column(3).length.isFinite else { throw .notFinite }
    guard plausibleFactors.contains(factor) else { throw .degenerate(factor: factor) }
    return affine
  }

  private static func rotation(_ x: Double, _ y: Double, _ z: Double) -> [Double] {
    let (sx, cx, sy, cy, sz, cz) = (sin(x), cos(x), sin(y), cos(y), sin(z), cos(z))
    return [
      cz * cy - sz * sx * sy, -sz * cx, cz * sy + sz * sx * cy,
      sz * cy + cz * sx * sy, cz * cx, sz * sy - cz * sx * cy,
      -cx * sy, sx, cx * cy,
    ]
  }

  /// Turns M and c + t - M c from LPS to RAS: F M F, F of the rest, with F = diag(-1, -1, 1).
  private static func inRAS(
    _ m: [Double],
    centre: SIMD3<Double>,
    shift: SIMD3<Double>
  ) -> Affine {
    let rows = (0..<3).map { SIMD3(m[3 * $0], m[3 * $0 + 1], m[3 * $0 + 2]) }
    let turned = SIMD3(rows.map { ($0 * centre).sum() })
    let offset = MetaImage.flipped(centre + shift - turned)
    let (x, y, z) = (
      -MetaImage.flipped(rows[0]), -MetaImage.flipped(rows[1]), MetaImage.flipped(rows[2])
    )
    return Affine(SIMD4(x, offset.x), SIMD4(y, offset.y), SIMD4(z, offset.z))
  }

  private static func entries(of text: String) -> [String: [String]] {
    var entries: [String: [String]] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard line.hasPrefix("("), let end = line.lastIndex(of: ")") else { continue }
      let words = line[line.index(after: line.startIndex)..<end].split(separator: " ")
      guard let key = words.first else { continue }
      entries[String(key)] = words.dropFirst().map { $0.filter { $0 != "\"" } }
    }
    return entries
  }

  private static func numbers(
    _ entries: [String: [String]],
    _ key: String
  ) throws(NormalizationError.Defect) -> [Double] {
    guard let words = entries[key] else { throw .unreadable(detail: "no \(key)") }
    var numbers: [Double] = []
    for word in words {
      guard let value = Double(word) else { throw .unreadable(detail: "\(key) has \(word)") }
      guard value.isFinite else { throw .notFinite }
      numbers.append(value)
    }
    return numbers
  }
}
