public import Files

/// A NIfTI file that cannot be used, and why.
public struct NIfTIError: Error, Equatable, Sendable {
  /// What is wrong with the file.
  public enum Reason: Error, Equatable {
    /// The file, or the one that holds its voxels, cannot be read or written.
    case file(FileError)

    /// The file has no bytes.
    case empty

    /// The name ends in none of `.nii`, `.hdr`, `.img`, with or without `.gz`.
    case unknownName

    /// The file ends within the header.
    case headerCutShort(expectedBytes: Int, foundBytes: Int)

    /// The file does not begin like a NIfTI header.
    case notNIfTI

    /// The header is that of the older Analyze 7.5 format.
    case analyze

    /// The header says that its voxels are in an `.img` file, but it stands in a `.nii` file.
    case pairNamedSingle

    /// The number of dimensions, or the length of one, is impossible.
    case badDimension(index: Int, length: Int)

    /// There are more values than this tool can count.
    case tooLarge

    /// More than four dimensions are longer than one.
    case tooManyDimensions([Int])

    /// The header's `datatype` is one this tool does not read.
    case unsupportedDatatype(name: String, code: Int)

    /// The place where the voxels begin is impossible.
    case badOffset(Double)

    /// The voxel data end before the header says they should.
    case truncated(expectedBytes: Int, foundBytes: Int)

    /// Stored values would be scaled by a number that is not finite.
    case badScaling

    /// Neither form says how the voxels lie in space.
    case noOrientation

    /// The form that says how the voxels lie in space cannot be inverted.
    case badOrientation(form: String)

    /// An image of one volume was expected.
    case notOneVolume(count: Int)

    /// A value of a label image is no whole number from 0 to 2,147,483,647.
    case notALabel(value: Double, voxel: SIMD3<Int>)

    /// A value cannot be written as an integer.
    case notFinite(voxel: SIMD3<Int>)
  }

  /// The file, as the user gave it.
  public let path: String

  /// What is wrong with it.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - path: The file, as the user gave it.
  ///   - reason: What is wrong with it.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Creates an error from one of the files beneath.
  init(_ error: FileError) {
    self.init(path: error.path, reason: .file(error))
  }
}

extension NIfTIError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    if case .file(let error) = reason { return error.description }
    return "\(path): \(sentence)"
  }

  private var sentence: String {
    switch reason {
    case .file(let error): error.description
    case .empty: "the file has no bytes; copy it again"
    case .unknownName: "this is no name of a NIfTI file; it ends in .nii, .nii.gz, .hdr or .img"
    case .headerCutShort(let expected, let found):
      "the header stops at \(found) of \(expected) bytes; was the copy cut short?"
    case .notNIfTI: "this does not begin like a NIfTI file; was another file renamed?"
    case .analyze:
      "this is Analyze 7.5, which does not say where left is; convert it to NIfTI where that is known"
    case .pairNamedSingle: "the header says its voxels are in an .img file; name it .hdr"
    case .tooLarge: "this holds more values than can be counted; is the header damaged?"
    case .noOrientation:
      "neither sform nor qform says where left is; set one, or use --assume-ras if it is known"
    case .badScaling: "scl_inter is not a finite number; correct the header"
    default: sentenceWithNumbers
    }
  }

  private var sentenceWithNumbers: String {
    switch reason {
    case .badDimension(0, let count):
      "the header states \(count) dimensions where 1 to 7 are possible; is it damaged?"
    case .badDimension(let index, let length):
      "dimension \(index) has length \(length), which is impossible; is the header damaged?"
    case .tooManyDimensions(let lengths):
      "this has \(lengths.count) dimensions (\(lengths.map(String.init).joined(separator: " × "))); "
        + "split it into images of at most four"
    case .unsupportedDatatype(let name, let code):
      "the voxels are \(name) (datatype \(code)), no single real numbers; convert them first"
    case .badOffset(let offset):
      "the voxels cannot begin at byte \(number(offset)); is the header damaged?"
    case .truncated(let expected, let found):
      "the voxel data stop at \(found) of \(expected) bytes; was the copy cut short?"
    case .badOrientation(let form):
      "its \(form) cannot be a map from voxels to millimetres; correct the header"
    case .notOneVolume(let count): "this holds \(count) volumes where one was expected; choose one"
    case .notALabel(let value, let voxel):
      "the value \(number(value)) at voxel \(voxel.words) is no label; labels are whole, from 0 on"
    case .notFinite(let voxel):
      "the value at voxel \(voxel.words) is not finite; write it as float32 instead"
    default: "the file cannot be used"
    }
  }
}

extension SIMD3<Int> {
  /// The three indices for a sentence.
  fileprivate var words: String { "(\(x), \(y), \(z))" }
}
