public import Imaging

/// Returns a NIfTI image whose values are the labels of regions.
///
/// Labels stored as floats, or scaled, are taken where they are whole numbers within 0.001.
///
/// - Parameters:
///   - path: A `.nii`, `.hdr` or `.img` file, with or without `.gz`, of one volume.
///   - assumesRAS: Whether an image without orientation is taken as stored in RAS+.
/// - Returns: The labels.
/// - Throws: ``NIfTIError`` as ``readVolume(_:assumesRAS:)`` does, and where a value is no whole
///   number from 0 to 2,147,483,647.
public func readLabels(_ path: String, assumesRAS: Bool = false) throws(NIfTIError) -> LabelVolume {
  let series = try readSeries(path, assumesRAS: assumesRAS).series
  guard series.volumeCount == 1 else {
    throw NIfTIError(path: path, reason: .notOneVolume(count: series.volumeCount))
  }
  var labels: [Int32] = []
  labels.reserveCapacity(series.grid.voxelCount)
  // In float64: a float32 would merge labels above 2^24.
  for (i, stored) in series.firstVolumeSamples.enumerated() {
    let value = stored * series.slope + series.intercept
    let label = value.rounded()
    guard abs(value - label) <= 0.001, label >= 0, let exact = Int32(exactly: label) else {
      let reason = NIfTIError.Reason.notALabel(value: value, voxel: series.grid.voxel(at: i))
      throw NIfTIError(path: path, reason: reason)
    }
    labels.append(exact)
  }
  return LabelVolume(grid: series.grid, labels: labels)
}

extension ImageSeries {
  /// The stored samples of the first volume, unscaled.
  fileprivate var firstVolumeSamples: [Double] {
    switch encoding {
    case .uint8: samples(UInt8.self) { Double($0) }
    case .int8: samples(Int8.self) { Double($0) }
    case .uint16: samples(UInt16.self) { Double($0) }
    case .int16: samples(Int16.self) { Double($0) }
    case .uint32: samples(UInt32.self) { Double($0) }
    case .int32: samples(Int32.self) { Double($0) }
    case .uint64: samples(UInt64.self) { Double($0) }
    case .int64: samples(Int64.self) { Double($0) }
    case .float32: samples(Float.self) { Double($0) }
    case .float64: samples(Double.self) { $0 }
    }
  }

  private func samples<Sample: BitwiseCopyable>(
    _ type: Sample.Type,
    _ number: (Sample) -> Double
  ) -> [Double] {
    bytes.withUnsafeBytes { raw in
      (0..<grid.voxelCount).map { i in
        let place = offset + i * MemoryLayout<Sample>.size
        return number(raw.loadUnaligned(fromByteOffset: place, as: type))
      }
    }
  }
}
