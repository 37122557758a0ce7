import Files
public import Imaging

/// Writes a run whose volumes are made one after the other as NIfTI-1 in float32, whole or not at
/// all; no more than a few volumes are in memory at a time.
///
/// A compressed file has a gzip member per volume, so that volumes can be made and compressed side by
/// side: the same bytes for any number of threads.
///
/// - Parameters:
///   - volumeCount: The number of volumes.
///   - grid: Where the voxels of every volume lie.
///   - path: A `.nii.gz` or `.nii` file; folders above it are made.
///   - repetitionTime: The time from one volume to the next, in s.
///   - spaceIsTemplate: Whether the millimetres are those of a template (form code 4) or of the
///     scanner (form code 1).
///   - description: Free text of at most 79 bytes; what is longer is cut.
///   - threads: The number of threads.
///   - volume: Makes a volume on the grid, counted from 0; called from any thread.
/// - Throws: ``NIfTIError`` where the file cannot be written; then nothing is left of it.
public func writeVolumes(
  _ volumeCount: Int,
  on grid: Grid,
  to path: String,
  repetitionTime: Double,
  spaceIsTemplate: Bool,
  description: String,
  threads: Int,
  volume: @Sendable (Int) -> Volume
) throws(NIfTIError) {
  let header = WrittenHeader(
    grid: grid,
    volumeCount: volumeCount,
    encoding: .float32,
    repetitionTime: repetitionTime,
    formCode: spaceIsTemplate ? 4 : 1,
    description: description
  )
  let isCompressed = path.hasSuffix(".gz")
  do throws(NIfTIError.Reason) {
    let start = try header.bytes()
    do throws(FileError) {
      let file = try StreamedFile(path)
      try file.append(isCompressed ? deflateGzip(start, level: 1) : start)
      for first in stride(from: 0, to: volumeCount, by: 4 * threads) {
        let pieces = mapSlabs(min(4 * threads, volumeCount - first), threads: threads) { place in
          piece(of: volume(first + place), isCompressed: isCompressed)
        }
        for piece in pieces { try file.append(piece.get()) }
      }
      try file.finish()
    } catch {
      throw .file(error)
    }
  } catch {
    throw NIfTIError(path: path, reason: error)
  }
}

/// The stored samples of a volume.
private func piece(of volume: Volume, isCompressed: Bool) -> Result<[UInt8], FileError> {
  let samples = volume.values.withUnsafeBytes { Array($0) }
  guard isCompressed else { return .success(samples) }
  do throws(FileError) {
    return .success(try deflateGzip(samples, level: 1))
  } catch {
    return .failure(error)
  }
}
