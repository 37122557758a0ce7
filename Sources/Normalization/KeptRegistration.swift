import Files
import FoundationEssentials
import Imaging
import NIfTI

/// A registration's result as it is kept on disk, so that a rerun does not repeat it.
///
/// `<step>_<key>.json` holds this. A warp's displacements lie beside it as a NIfTI image on the
/// template's grid, whose three volumes are the components x, y and z (mm, RAS+) of the way from
/// template points to points of the image, with its digest here. The grid stands here in full, since
/// a NIfTI header rounds it to float32. The inverse is not kept: it is larger, and computing it again
/// gives the same bytes in a second or two.
struct KeptRegistration: Codable, Equatable {
  /// A grid as numbers.
  struct Lattice: Codable, Equatable {
    var dimensions: [Int]
    var affine: [Double]
  }

  /// Which images were registered.
  var step: RegistrationStep

  /// What identifies inputs, parameters and threads.
  var key: String

  /// What identifies the result: the key and elastix' version.
  var digest: String

  /// The version of elastix that found it.
  var elastix: String

  /// The number of threads it ran with.
  var threads: Int

  /// Where it started from.
  var start: String

  /// Normalized mutual information of the two images.
  var mutualInformation: Double

  /// The largest one after a shift of the moving image by 8 mm.
  var mutualInformationBeside: Double

  /// The 12 numbers of a linear map, fixed to moving points, mm, RAS+; empty for a warp.
  var affine: [Double] = []

  /// The grid of a warp's field.
  var lattice: Lattice?

  /// What the warp does to space.
  var quality: WarpQuality?

  /// The SHA-256 of each image beside this, by name.
  var files: [String: String] = [:]
}

extension KeptRegistration {
  /// Returns what an earlier call kept, or `nil` where there is nothing that fits.
  ///
  /// - Parameters:
  ///   - step: Which images.
  ///   - key: What identifies inputs, parameters and threads.
  ///   - version: The version of the elastix installed; `nil` where none is, then any will do.
  ///   - folder: Where results are kept.
  /// - Returns: The record, its files complete and unchanged.
  static func load(
    _ step: RegistrationStep,
    key: String,
    version: String?,
    in folder: String
  ) -> KeptRegistration? {
    let stem = stem(step, key)
    guard let bytes = try? readBytes("\(folder)/\(stem).json"),
      let kept = try? JSONDecoder().decode(KeptRegistration.self, from: Data(bytes)),
      kept.key == key, version == nil || kept.elastix == version,
      kept.digest == digest(key: key, version: kept.elastix)
    else { return nil }
    for (name, digest) in kept.files {
      guard let found = try? sha256(ofFile: "\(folder)/\(name)"), found == digest else {
        return nil
      }
    }
    return kept
  }

  /// Writes the record; the last file of a result.
  ///
  /// - Parameter folder: Where results are kept.
  /// - Throws: A `NormalizationError` where it cannot be written.
  func write(to folder: String) throws(NormalizationError) {
    guard let text = try? indentedJSON else {
      throw .unusableTransform(step: step, defect: .notFinite)
    }
    let path = "\(folder)/\(Self.stem(step, key)).json"
    try wrapped { () throws(FileError) in try writeAtomically(text, to: path) }
  }

  /// Writes a warp's field and notes it in the record.
  ///
  /// - Parameters:
  ///   - field: Template points to points of the image.
  ///   - folder: Where results are kept.
  /// - Throws: A `NormalizationError` where it cannot be written.
  mutating func keep(
    _ field: DisplacementField,
    in folder: String
  ) throws(NormalizationError) {
    lattice = Lattice(field.grid)
    let name = Self.fileName(step, key)
    let components = (0..<3).flatMap { axis in field.displacements.map { $0[axis] } }
    let series = ImageSeries(
      grid: field.grid,
      volumeCount: 3,
      encoding: .float32,
      bytes: components.withUnsafeBytes { Array($0) }
    )
    let path = "\(folder)/\(name)"
    try wrapped { () throws(NIfTIError) in
      try writeSeries(
        series,
        to: path,
        repetitionTime: 1,
        spaceIsTemplate: true,
        description: "displacement x, y, z; mm, RAS+"
      )
    }
    files[name] = try wrapped { () throws(FileError) in try sha256(ofFile: path) }
  }

  /// Reads a warp's field, or returns `nil` where the file does not fit.
  ///
  /// - Parameter folder: Where results are kept.
  /// - Returns: Template points to points of the image.
  func field(in folder: String) -> DisplacementField? {
    guard let grid = lattice?.grid else { return nil }
    let path = "\(folder)/\(Self.fileName(step, key))"
    guard let series = try? readSeries(path).series, series.volumeCount == 3,
      series.grid.voxelCount == grid.voxelCount
    else { return nil }
    let components = (0..<3).map { series.volume($0).values }
    let displacements = (0..<grid.voxelCount).map {
      SIMD3<Float>(components[0][$0], components[1][$0], components[2][$0])
    }
    return DisplacementField(grid: grid, displacements: displacements)
  }

  /// Returns what identifies a result.
  ///
  /// - Parameters:
  ///   - key: What identifies inputs, parameters and threads.
  ///   - version: The version of elastix.
  /// - Returns: A SHA-256 in hexadecimal digits.
  static func digest(key: String, version: String) -> String {
    sha256(Array("\(key) elastix \(version)".utf8))
  }

  private static func stem(_ step: RegistrationStep, _ key: String) -> String {
    "\(step.rawValue)_\(key.prefix(16))"
  }

  private static func fileName(_ step: RegistrationStep, _ key: String) -> String {
    "\(stem(step, key))_from-template_displacement.nii.gz"
  }
}

extension KeptRegistration.Lattice {
  /// Notes a grid.
  init(_ grid: Grid) {
    dimensions = [grid.dimensions.x, grid.dimensions.y, grid.dimensions.z]
    affine = grid.affine.numbers
  }

  /// The grid, or `nil` where the numbers make none.
  var grid: Grid? {
    guard dimensions.count == 3, dimensions.allSatisfy({ $0 > 0 && $0 < 100_000 }),
      let map = Affine(numbers: affine)
    else { return nil }
    return Grid(dimensions: SIMD3(dimensions), affine: map)
  }
}

extension Affine {
  /// The twelve numbers of the matrix, row by row.
  var numbers: [Double] {
    [rows.0, rows.1, rows.2].flatMap { [$0.x, $0.y, $0.z, $0.w] }
  }

  /// Creates a map from its twelve numbers, row by row, or returns `nil` for another count.
  init?(numbers: [Double]) {
    guard numbers.count == 12 else { return nil }
    self.init(SIMD4(numbers[0..<4]), SIMD4(numbers[4..<8]), SIMD4(numbers[8..<12]))
  }
}
