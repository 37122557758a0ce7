import CNIfTI
import Files
import Imaging

/// How the voxels of a file lie in space: the form chosen, and how the two differ.
struct Orientation {
  var affine: Affine?
  var form: NIfTIHeader.Form?
  var notes: [String] = []

  /// Chooses the sform where its code is above 0, else the qform where its code is above 0.
  ///
  /// A form that is chosen and cannot be inverted is refused, never replaced by the other.
  init(_ fields: HeaderFields, dimensions: SIMD3<Int>) throws(NIfTIError.Reason) {
    let scale = millimetres(perUnit: fields.units & 7)
    if scale != 1 {
      notes.append("the header states its lengths in another unit than mm; they were converted")
    }
    let qform = fields.qformCode > 0 ? fields.qform?.scaled(by: scale) : nil
    if fields.sformCode > 0 {
      let sform = fields.sform.scaled(by: scale)
      guard sform.isUsable else { throw .badOrientation(form: "sform") }
      (affine, form) = (sform, .sform)
      if let qform, qform.isUsable { noteDisagreement(sform, qform, dimensions) }
      if fields.qformCode > 0, qform?.isUsable != true {
        notes.append("the qform cannot be a map from voxels to millimetres; the sform is used")
      }
    } else if fields.qformCode > 0 {
      guard let qform, qform.isUsable else { throw .badOrientation(form: "qform") }
      (affine, form) = (qform, .qform)
    }
  }

  private mutating func noteDisagreement(
    _ sform: Affine,
    _ qform: Affine,
    _ dimensions: SIMD3<Int>
  ) {
    if sform.determinant.sign != qform.determinant.sign {
      notes.append("sform and qform disagree about left and right; the sform is used")
      return
    }
    let last = SIMD3<Double>(dimensions) - 1
    let distance =
      (0..<8).map { corner in
        let voxel = last * [Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2)]
        return (sform(voxel) - qform(voxel)).length
      }.max() ?? 0
    // Both forms are float32 in NIfTI-1, good to some 0.00002 mm; a tenth of a mm is no rounding.
    guard distance > 0.1 else { return }
    let words = fixed(distance, digits: 1)
    notes.append("sform and qform lie up to \(words) mm apart; the sform is used")
  }
}

/// The millimetres in the header's unit of space; an unknown unit is taken to be mm.
func millimetres(perUnit code: Int) -> Double {
  switch code {
  case 1: 1000
  case 3: 0.001
  default: 1
  }
}

extension HeaderFields {
  fileprivate var sform: Affine {
    let rows = sformRows.map { SIMD4($0[0], $0[1], $0[2], $0[3]) }
    return Affine(rows[0], rows[1], rows[2])
  }

  /// The map the quaternion describes, or `nil` where voxel sizes or quaternion are impossible.
  fileprivate var qform: Affine? {
    let size = SIMD3(pixelSizes[1], pixelSizes[2], pixelSizes[3])
    // The library would replace a size that is not positive by 1, and scale a long quaternion.
    guard size.min() > 0, size.max().isFinite, (quaternion * quaternion).sum() < 1.001 else {
      return nil
    }
    let m = nifti_quatern_to_dmat44(
      quaternion.x,
      quaternion.y,
      quaternion.z,
      qformOffset.x,
      qformOffset.y,
      qformOffset.z,
      size.x,
      size.y,
      size.z,
      pixelSizes[0] < 0 ? -1 : 1
    ).m
    return Affine(
      [m.0.0, m.0.1, m.0.2, m.0.3],
      [m.1.0, m.1.1, m.1.2, m.1.3],
      [m.2.0, m.2.1, m.2.2, m.2.3]
    )
  }
}

extension Affine {
  fileprivate func scaled(by factor: Double) -> Affine {
    Affine(rows.0 * factor, rows.1 * factor, rows.2 * factor)
  }

  /// Whether the map is invertible, no axis is flattened onto the others, and voxels have a size
  /// that something imaged can have: from a micrometre to ten metres, within a kilometre.
  fileprivate var isUsable: Bool {
    let lengths = SIMD3(column(0).length, column(1).length, column(2).length)
    guard lengths.min() >= 1e-3, lengths.max() <= 1e4, column(3).length < 1e6 else { return false }
    return abs(determinant) > 1e-6 * lengths.x * lengths.y * lengths.z && inverse != nil
  }
}
