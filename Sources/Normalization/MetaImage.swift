import Files
import FoundationEssentials
public import Imaging

/// Images in MetaImage files, in the frame that elastix works in.
///
/// A MetaImage header states origin and directions as decimal text in LPS millimetres, so that
/// neither a float32 matrix nor a quaternion stands between our grid and elastix', and any grid,
/// mirrored and oblique ones too, arrives as it is.
public enum MetaImage {
  /// Turns a point or a vector from RAS to LPS, or back.
  static func flipped(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    [-vector.x, -vector.y, vector.z]
  }

  /// Returns the header's text of a float32 image whose samples are in another file.
  ///
  /// - Parameters:
  ///   - grid: Where the voxels lie, RAS+.
  ///   - samples: The name of the file of the samples, in the same folder.
  /// - Returns: The text, one line per field.
  public static func header(of grid: Grid, samples: String) -> String {
    let sizes = grid.voxelSize
    let directions = (0..<3).flatMap { axis in
      let direction = flipped(grid.affine.column(axis)) / sizes[axis]
      return [direction.x, direction.y, direction.z]
    }
    let origin = flipped(grid.affine.column(3))
    return """
      ObjectType = Image
      NDims = 3
      BinaryData = True
      BinaryDataByteOrderMSB = False
      CompressedData = False
      TransformMatrix = \(directions.map { "\($0)" }.joined(separator: " "))
      Offset = \(origin.x) \(origin.y) \(origin.z)
      CenterOfRotation = 0 0 0
      ElementSpacing = \(sizes.x) \(sizes.y) \(sizes.z)
      DimSize = \(grid.dimensions.x) \(grid.dimensions.y) \(grid.dimensions.z)
      ElementType = MET_FLOAT
      ElementDataFile = \(samples)

      """
  }

  /// Writes an image; a value that is not finite becomes 0.
  ///
  /// - Parameters:
  ///   - volume: The image.
  ///   - name: The file's name without suffix.
  ///   - folder: The folder.
  /// - Returns: The path of the header, which is what elastix is given.
  /// - Throws: A `NormalizationError` where a file cannot be written.
  public static func write(
    _ volume: Volume,
    named name: String,
    in folder: String
  ) throws(NormalizationError) -> String {
    // Samples go out in the machine's byte order, which is little-endian wherever this runs.
    let samples = volume.values.map { $0.isFinite ? $0 : 0 }
    let bytes = samples.withUnsafeBytes { Array($0) }
    let header = Array(header(of: volume.grid, samples: "\(name).raw").utf8)
    try wrapped { () throws(FileError) in
      try writeAtomically(bytes, to: "\(folder)/\(name).raw")
      try writeAtomically(header, to: "\(folder)/\(name).mhd")
    }
    return "\(folder)/\(name).mhd"
  }

  /// Reads a field of float32 vectors that lies on a known grid.
  ///
  /// - Parameters:
  ///   - path: The header's path.
  ///   - grid: The grid it was asked for on.
  /// - Returns: The displacements, turned from LPS to RAS.
  /// - Throws: The reason why it is no such field, as words.
  public static func readField(
    _ path: String,
    on grid: Grid
  ) throws(NormalizationError.Defect) -> DisplacementField {
    guard let text = try? readText(path) else { throw .missing }
    let fields = headerFields(of: text)
    let dimensions = "\(grid.dimensions.x) \(grid.dimensions.y) \(grid.dimensions.z)"
    guard fields["DimSize"] == dimensions, fields["ElementNumberOfChannels"] == "3",
      fields["ElementType"] == "MET_FLOAT", fields["CompressedData"] != "True",
      fields["BinaryDataByteOrderMSB"] != "True", let name = fields["ElementDataFile"],
      !name.contains("/")
    else { throw .unreadable(detail: "not a float32 field on the template's grid") }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    guard let bytes = try? readBytes(folder.joined(separator: "/") + "/" + name) else {
      throw .missing
    }
    guard bytes.count == grid.voxelCount * 12 else {
      throw .unreadable(detail: "\(bytes.count) of \(grid.voxelCount * 12) bytes")
    }
    let displacements = bytes.withUnsafeBytes { raw in
      (0..<grid.voxelCount).map { index -> SIMD3<Float> in
        func component(_ place: Int) -> Float {
          let bits = raw.loadUnaligned(fromByteOffset: index * 12 + place * 4, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        }
        return [-component(0), -component(1), component(2)]
      }
    }
    guard displacements.allSatisfy({ ($0.x + $0.y + $0.z).isFinite }) else { throw .notFinite }
    return DisplacementField(grid: grid, displacements: displacements)
  }

  private static func headerFields(of text: String) -> [String: String] {
    var fields: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      fields[trimmed(parts[0])] = trimmed(parts[1])
    }
    return fields
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
