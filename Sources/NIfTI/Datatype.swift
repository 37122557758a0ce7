public import Imaging

/// How a NIfTI file says its voxels are encoded.
public enum Datatype: Equatable, Sendable {
  /// One real number per voxel.
  case real(ImageSeries.Encoding)

  /// Something else, such as complex numbers or colours, with its name and code.
  case unsupported(name: String, code: Int)

  /// Creates a datatype from the header's code.
  init(code: Int) {
    if let encoding = Self.encodings.first(where: { $0.code == code })?.encoding {
      self = .real(encoding)
    } else {
      self = .unsupported(name: Self.names[code] ?? "of an unknown kind", code: code)
    }
  }

  /// The header's codes of what is read and written (nifti1.h, `NIFTI_TYPE_...`).
  private static let encodings: [(code: Int, encoding: ImageSeries.Encoding)] = [
    (2, .uint8), (4, .int16), (8, .int32), (16, .float32), (64, .float64), (256, .int8),
    (512, .uint16), (768, .uint32), (1024, .int64), (1280, .uint64),
  ]

  private static let names = [
    1: "single bits", 32: "complex numbers (complex64)", 128: "colours (RGB24)",
    1536: "128-bit floats", 1792: "complex numbers (complex128)",
    2048: "complex numbers (complex256)", 2304: "colours (RGBA32)",
  ]

  /// The header's code of an encoding.
  static func code(of encoding: ImageSeries.Encoding) -> Int16 {
    Int16(encodings.first { $0.encoding == encoding }?.code ?? 0)
  }
}
