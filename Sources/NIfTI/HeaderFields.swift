import CNIfTI

/// The fields of a NIfTI-1 or -2 header in the machine's byte order, as stored, unchecked.
struct HeaderFields {
  /// The number of bytes of a NIfTI-1 header.
  static let firstSize = 348

  /// The number of bytes of a NIfTI-2 header.
  static let secondSize = 540

  let version: Int
  let isSwapped: Bool
  let isPair: Bool
  let dimensions: [Int]
  let datatype: Int
  let pixelSizes: [Double]
  let voxelOffset: Double
  let slope: Double
  let intercept: Double
  let units: Int
  let qformCode: Int
  let sformCode: Int
  let quaternion: SIMD3<Double>
  let qformOffset: SIMD3<Double>
  let sformRows: [[Double]]
  let description: String
  let intentCode: Int

  /// Reads the first bytes of a file, or returns `nil` where they are no NIfTI header.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.firstSize else { return nil }
    let size = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
    let isSwapped = size.byteSwapped == Self.firstSize || size.byteSwapped == Self.secondSize
    switch Int(isSwapped ? size.byteSwapped : size) {
    case Self.firstSize: self.init(first: bytes, isSwapped: isSwapped)
    case Self.secondSize where bytes.count >= Self.secondSize:
      self.init(second: bytes, isSwapped: isSwapped)
    default: return nil
    }
  }

  private init?(first bytes: [UInt8], isSwapped: Bool) {
    var h = nifti_1_header()
    withUnsafeMutableBytes(of: &h) { $0.copyBytes(from: bytes.prefix(Self.firstSize)) }
    switch elements(h.magic, UInt8.self) {
    case Array("n+1\0".utf8): isPair = false
    case Array("ni1\0".utf8): isPair = true
    default: return nil
    }
    if isSwapped { nifti_swap_as_nifti1(&h) }
    version = 1
    self.isSwapped = isSwapped
    dimensions = elements(h.dim, Int16.self).map(Int.init)
    datatype = Int(h.datatype)
    pixelSizes = elements(h.pixdim, Float.self).map(Double.init)
    voxelOffset = Double(h.vox_offset)
    (slope, intercept) = (Double(h.scl_slope), Double(h.scl_inter))
    units = Int(UInt8(bitPattern: h.xyzt_units))
    (qformCode, sformCode) = (Int(h.qform_code), Int(h.sform_code))
    quaternion = SIMD3(SIMD3(h.quatern_b, h.quatern_c, h.quatern_d))
    qformOffset = SIMD3(SIMD3(h.qoffset_x, h.qoffset_y, h.qoffset_z))
    sformRows = [h.srow_x, h.srow_y, h.srow_z].map { elements($0, Float.self).map(Double.init) }
    description = text(elements(h.descrip, UInt8.self))
    intentCode = Int(h.intent_code)
  }

  private init?(second bytes: [UInt8], isSwapped: Bool) {
    var h = nifti_2_header()
    withUnsafeMutableBytes(of: &h) { $0.copyBytes(from: bytes.prefix(Self.secondSize)) }
    // The four bytes after the name show whether line ends were converted on the way.
    switch elements(h.magic, UInt8.self) {
    case Array("n+2\0\r\n\u{1A}\n".utf8): isPair = false
    case Array("ni2\0\r\n\u{1A}\n".utf8): isPair = true
    default: return nil
    }
    if isSwapped { nifti_swap_as_nifti2(&h) }
    version = 2
    self.isSwapped = isSwapped
    dimensions = elements(h.dim, Int64.self).map { Int($0) }
    datatype = Int(h.datatype)
    pixelSizes = elements(h.pixdim, Double.self)
    voxelOffset = Double(h.vox_offset)
    (slope, intercept) = (h.scl_slope, h.scl_inter)
    units = Int(h.xyzt_units)
    (qformCode, sformCode) = (Int(h.qform_code), Int(h.sform_code))
    quaternion = SIMD3(h.quatern_b, h.quatern_c, h.quatern_d)
    qformOffset = SIMD3(h.qoffset_x, h.qoffset_y, h.qoffset_z)
    sformRows = [h.srow_x, h.srow_y, h.srow_z].map { elements($0, Double.self) }
    description = text(elements(h.descrip, UInt8.self))
    intentCode = Int(h.intent_code)
  }
}

/// The elements of a C array, which Swift sees as a tuple.
private func elements<Tuple, Element: BitwiseCopyable>(
  _ tuple: Tuple,
  _ type: Element.Type
) -> [Element] {
  withUnsafeBytes(of: tuple) { Array($0.bindMemory(to: type)) }
}

/// The text before the first zero; bytes that are no UTF-8 become replacement characters.
private func text(_ bytes: [UInt8]) -> String {
  String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}
