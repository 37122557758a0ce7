import Files
import FoundationEssentials
import TestData

/// What nibabel 5 says of one file of `nifti_tests/variants`, as its manifest keeps it.
struct ManifestEntry: Decodable, CustomStringConvertible {
  var file: String
  var shape: [Int]?
  var affine: [[Double]]?
  var mean: Double?
  var std: Double?
  var lastValue: Double?
  var note: String

  private enum CodingKeys: String, CodingKey {
    case file, shape, affine, mean, std, note
    case lastValue = "v_3_4_1_last"
  }

  var description: String { file }
  var path: String { Self.folder + file }

  static var folder: String { SharedData.root + "/nifti_tests/variants/" }

  /// The files that must be refused, or have no orientation; each has its own test.
  static let special: Set = [
    "complex64.nii.gz", "rgb24.nii.gz", "5d_vector.nii.gz", "no_form.nii.gz",
  ]

  static var all: [ManifestEntry] {
    // Python writes Infinity and NaN, which JSON does not know.
    guard let text = try? readText(folder + "manifest.json") else { return [] }
    let plain = text.replacing("Infinity", with: "null").replacing("NaN", with: "null")
    return (try? JSONDecoder().decode([ManifestEntry].self, from: Data(plain.utf8))) ?? []
  }

  static var valid: [ManifestEntry] {
    all.filter { !$0.file.hasPrefix("BAD") && !special.contains($0.file) }
  }
}
