import Files
public import Imaging

/// How the values of a written volume are stored.
public enum StoredAs: Sendable {
  /// As they are.
  case float32

  /// As integers times a slope, which keeps zeros and half the size.
  case int16
}

/// Writes one volume as NIfTI-1, whole or not at all.
///
/// - Parameters:
///   - volume: The image, in mm, RAS+.
///   - path: A `.nii.gz` or `.nii` file; folders above it are made.
///   - spaceIsTemplate: Whether the millimetres are those of a template (form code 4) or of the
///     scanner (form code 1).
///   - description: Free text of at most 79 bytes; what is longer is cut.
///   - encoding: How the values are stored; integers cannot hold NaN.
/// - Throws: ``NIfTIError`` where the file cannot be written, or a value is not finite and
///   integers were asked for.
public func writeVolume(
  _ volume: Volume,
  to path: String,
  spaceIsTemplate: Bool,
  description: String,
  encoding: StoredAs = .float32
) throws(NIfTIError) {
  var header = WrittenHeader(
    grid: volume.grid,
    encoding: encoding == .float32 ? .float32 : .int16,
    formCode: spaceIsTemplate ? 4 : 1,
    description: description
  )
  do throws(NIfTIError.Reason) {
    let voxels: [UInt8]
    switch encoding {
    case .float32: voxels = volume.values.withUnsafeBytes { Array($0) }
    case .int16: (voxels, header.slope) = try integers(of: volume)
    }
    try write(header.bytes() + voxels, to: path)
  } catch {
    throw NIfTIError(path: path, reason: error)
  }
}

/// Writes a run of volumes as NIfTI-1 with its stored samples, whole or not at all.
///
/// - Parameters:
///   - series: The volumes; the encoding, slope and intercept are kept.
///   - path: A `.nii.gz` or `.nii` file; folders above it are made.
///   - repetitionTime: The time from one volume to the next, in s.
///   - spaceIsTemplate: Whether the millimetres are those of a template (form code 4) or of the
///     scanner (form code 1).
///   - description: Free text of at most 79 bytes; what is longer is cut.
/// - Throws: ``NIfTIError`` where the file cannot be written.
public func writeSeries(
  _ series: ImageSeries,
  to path: String,
  repetitionTime: Double,
  spaceIsTemplate: Bool,
  description: String
) throws(NIfTIError) {
  let header = WrittenHeader(
    grid: series.grid,
    volumeCount: series.volumeCount,
    encoding: series.encoding,
    slope: series.slope,
    intercept: series.intercept,
    repetitionTime: repetitionTime,
    formCode: spaceIsTemplate ? 4 : 1,
    description: description
  )
  let count = series.grid.voxelCount * series.volumeCount * series.encoding.byteCount
  do throws(NIfTIError.Reason) {
    let bytes = try header.bytes()
    try write(bytes + series.bytes[series.offset..<series.offset + count], to: path)
  } catch {
    throw NIfTIError(path: path, reason: error)
  }
}

private func write(_ bytes: [UInt8], to path: String) throws(NIfTIError.Reason) {
  do throws(FileError) {
    try writeAtomically(path.hasSuffix(".gz") ? deflateGzip(bytes, level: 4) : bytes, to: path)
  } catch {
    throw .file(error)
  }
}

/// The values as multiples of the smallest slope that lets the largest of them fit.
private func integers(
  of volume: Volume
) throws(NIfTIError.Reason) -> (bytes: [UInt8], slope: Double) {
  if let index = volume.values.firstIndex(where: { !$0.isFinite }) {
    throw .notFinite(voxel: volume.grid.voxel(at: index))
  }
  let largest = volume.values.reduce(Float(0)) { max($0, abs($1)) }
  // The next float32 up, so that rounding the slope cannot push the largest value out of range.
  let slope = largest > 0 ? max((largest / 32767).nextUp, .leastNormalMagnitude) : 1
  let samples = volume.values.map { Int16(($0 / slope).rounded()) }
  return (samples.withUnsafeBytes { Array($0) }, Double(slope))
}
