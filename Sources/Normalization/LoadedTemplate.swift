import Files
import Imaging
import NIfTI

/// A template with its image and its brain.
struct LoadedTemplate {
  /// The name of its space.
  let space: String

  /// Its image, with the skull.
  let volume: Volume

  /// Its brain, or the whole grid where it has no brain mask.
  let region: Mask

  /// Whether ``region`` is the brain.
  let hasBrain: Bool

  /// The digest of its files.
  let digest: String

  /// Reads the template of a request.
  ///
  /// - Parameter request: The request.
  /// - Throws: A `NormalizationError` where there is none or a file cannot be read.
  init(_ request: NormalizationRequest) throws(NormalizationError) {
    guard let template = request.template else { throw .templateMissing(space: request.space) }
    space = template.space
    let image = try wrapped { () throws(NIfTIError) in try readVolume(template.path) }
    volume = image
    var digests = [try wrapped { () throws(FileError) in try sha256(ofFile: template.path) }]
    guard let path = template.brainMaskPath else {
      region = Mask(grid: image.grid) { _ in true }
      hasBrain = false
      digest = digests[0]
      return
    }
    let brain = try wrapped { () throws(NIfTIError) in try readVolume(path) }
    region = Mask(grid: image.grid) { index in
      brain.grid.nearestVoxel(to: image.grid.position(ofVoxel: index))
        .map { brain.values[$0] > 0 } ?? false
    }
    hasBrain = true
    digests.append(try wrapped { () throws(FileError) in try sha256(ofFile: path) })
    digest = sha256(Array(digests.joined(separator: " ").utf8))
  }
}

/// A T1w image, read only when no earlier result makes that needless.
struct Anatomy {
  /// Its file.
  let path: String

  /// The digest of its file and of how it is read.
  let digest: String

  private let assumesRAS: Bool

  /// Takes the digest of a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - assumesRAS: Whether an image without orientation is taken as stored in RAS+.
  /// - Throws: A `NormalizationError` where it cannot be read.
  init(path: String, assumesRAS: Bool) throws(NormalizationError) {
    self.path = path
    self.assumesRAS = assumesRAS
    let file = try wrapped { () throws(FileError) in try sha256(ofFile: path) }
    digest = assumesRAS ? sha256(Array("\(file) RAS".utf8)) : file
  }

  /// Reads the image.
  ///
  /// - Returns: The image.
  /// - Throws: A `NormalizationError` where it cannot be read.
  func volume() throws(NormalizationError) -> Volume {
    try wrapped { () throws(NIfTIError) in try readVolume(path, assumesRAS: assumesRAS) }
  }
}

extension Volume {
  /// The SHA-256 of its samples and its grid.
  var digest: String {
    let rows = [grid.affine.rows.0, grid.affine.rows.1, grid.affine.rows.2]
    let header = "\(grid.dimensions) \(rows)"
    return sha256(Array(header.utf8) + values.withUnsafeBytes { Array($0) })
  }
}
