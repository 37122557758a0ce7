extension NIfTIHeader {
  /// Checks the stored fields, and gives them their meaning.
  init(_ fields: HeaderFields) throws(NIfTIError.Reason) {
    let count = fields.dimensions[0]
    guard (1...7).contains(count) else { throw .badDimension(index: 0, length: count) }
    let dimensions = Array(fields.dimensions[1...count])
    for (i, length) in dimensions.enumerated() where length < 1 {
      throw .badDimension(index: i + 1, length: length)
    }
    self.dimensions = dimensions
    version = fields.version
    isSwapped = fields.isSwapped
    isPair = fields.isPair
    datatype = Datatype(code: fields.datatype)
    voxelOffset = try fields.checkedOffset()
    (slope, intercept) = try fields.checkedScaling()
    (sformCode, qformCode) = (fields.sformCode, fields.qformCode)
    description = fields.description
    intentCode = fields.intentCode
    let sizes = SIMD3(fields.pixelSizes[1], fields.pixelSizes[2], fields.pixelSizes[3])
    voxelSize = sizes * millimetres(perUnit: fields.units & 7)
    timeUnit = TimeUnit(code: fields.units & 0x38)
    let step = count > 3 ? fields.pixelSizes[4] : 0
    repetitionTime = timeUnit.seconds(step)
    let lengths = dimensions + [1, 1]
    let space = SIMD3(lengths[0], lengths[1], lengths[2])
    let orientation = try Orientation(fields, dimensions: space)
    (affine, form, notes) = (orientation.affine, orientation.form, orientation.notes)
  }
}

extension NIfTIHeader.TimeUnit {
  /// Creates a unit from the header's code (nifti1.h, `NIFTI_UNITS_...`).
  fileprivate init(code: Int) {
    switch code {
    case 0: self = .unknown
    case 8: self = .seconds
    case 16: self = .milliseconds
    case 24: self = .microseconds
    default: self = .notTime
    }
  }

  /// A stored duration in s, or `nil` where it is none.
  fileprivate func seconds(_ stored: Double) -> Double? {
    guard stored.isFinite, stored > 0 else { return nil }
    switch self {
    case .unknown, .seconds: return stored
    // Divided, so that 2000 ms are 2 s exactly.
    case .milliseconds: return stored / 1e3
    case .microseconds: return stored / 1e6
    case .notTime: return nil
    }
  }
}

extension HeaderFields {
  /// The first byte of the voxels in their file.
  fileprivate func checkedOffset() throws(NIfTIError.Reason) -> Int {
    // A single file holds the header and at least the four bytes that announce extensions.
    let least = isPair ? 0 : (version == 1 ? Self.firstSize : Self.secondSize) + 4
    guard let offset = Int(exactly: voxelOffset), offset >= least, offset < 1 << 40 else {
      throw .badOffset(voxelOffset)
    }
    return offset
  }

  /// Slope and intercept; a slope of 0 or one that is no finite number means none.
  fileprivate func checkedScaling() throws(NIfTIError.Reason) -> (Double, Double) {
    guard slope.isFinite, slope != 0 else { return (1, 0) }
    guard intercept.isFinite else { throw .badScaling }
    return (slope, intercept)
  }
}
