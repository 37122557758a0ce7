import CNIfTI
import Imaging

/// What stands in the header of a written image.
struct WrittenHeader {
  var grid: Grid
  /// `nil` writes three dimensions.
  var volumeCount: Int?
  var encoding: ImageSeries.Encoding
  var slope = 1.0
  var intercept = 0.0
  var repetitionTime = 0.0
  var formCode: Int16
  var description: String

  /// The number of bytes before the voxels: the header, and four that announce no extension.
  static let byteCount = HeaderFields.firstSize + 4

  /// The bytes of a NIfTI-1 header in the machine's order; refuses what does not fit its fields.
  func bytes() throws(NIfTIError.Reason) -> [UInt8] {
    let size = grid.voxelSize
    var h = nifti_1_header()
    h.sizeof_hdr = Int32(HeaderFields.firstSize)
    h.magic = (0x6E, 0x2B, 0x31, 0)
    let d = grid.dimensions
    guard let x = Int16(exactly: d.x), let y = Int16(exactly: d.y), let z = Int16(exactly: d.z),
      let t = Int16(exactly: volumeCount ?? 1)
    else { throw .tooLarge }
    h.dim = (volumeCount == nil ? 3 : 4, x, y, z, t, 1, 1, 1)
    h.datatype = Datatype.code(of: encoding)
    h.bitpix = Int16(encoding.byteCount * 8)
    h.vox_offset = Float(Self.byteCount)
    (h.scl_slope, h.scl_inter) = (Float(slope), Float(intercept))
    // Millimetres and seconds.
    h.xyzt_units = 2 | 8
    h.pixdim = (
      1, Float(size.x), Float(size.y), Float(size.z), Float(repetitionTime), 0, 0, 0
    )
    setForms(of: &h)
    withUnsafeMutableBytes(of: &h.descrip) { field in
      field.copyBytes(from: description.prefix(utf8Count: field.count - 1).utf8)
    }
    return withUnsafeBytes(of: h) { Array($0) } + [0, 0, 0, 0]
  }

  /// Sets the sform, and the qform where the axes are at right angles, as it demands.
  private func setForms(of h: inout nifti_1_header) {
    h.sform_code = formCode
    h.srow_x = row(grid.affine.rows.0)
    h.srow_y = row(grid.affine.rows.1)
    h.srow_z = row(grid.affine.rows.2)
    guard grid.affine.hasRightAngles else { return }
    let (r0, r1, r2) = grid.affine.rows
    let matrix = nifti_dmat44(
      m: (
        (r0.x, r0.y, r0.z, r0.w), (r1.x, r1.y, r1.z, r1.w), (r2.x, r2.y, r2.z, r2.w), (0, 0, 0, 1)
      )
    )
    var (b, c, d) = (0.0, 0.0, 0.0)
    var handedness = 1.0
    nifti_dmat44_to_quatern(matrix, &b, &c, &d, nil, nil, nil, nil, nil, nil, &handedness)
    h.qform_code = formCode
    h.pixdim.0 = Float(handedness)
    (h.quatern_b, h.quatern_c, h.quatern_d) = (Float(b), Float(c), Float(d))
    (h.qoffset_x, h.qoffset_y, h.qoffset_z) = (Float(r0.w), Float(r1.w), Float(r2.w))
  }

  private func row(_ row: SIMD4<Double>) -> (Float, Float, Float, Float) {
    (Float(row.x), Float(row.y), Float(row.z), Float(row.w))
  }
}

extension Affine {
  /// Whether the axes meet at right angles, within what float32 can tell.
  fileprivate var hasRightAngles: Bool {
    let axes = [column(0), column(1), column(2)].map { $0 / $0.length }
    let cosines = [axes[0] * axes[1], axes[1] * axes[2], axes[2] * axes[0]].map { $0.sum() }
    return cosines.allSatisfy { abs($0) < 1e-5 }
  }
}

extension String {
  /// The whole characters that fit into a number of bytes of UTF-8.
  fileprivate func prefix(utf8Count limit: Int) -> Substring {
    var room = limit
    return prefix { character in
      room -= character.utf8.count
      return room >= 0
    }
  }
}
