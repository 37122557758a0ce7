import Files
public import Imaging

/// A NIfTI image with its header.
public struct NIfTIImage: Sendable {
  /// What the header says.
  public let header: NIfTIHeader

  /// The volumes; an image of three dimensions is one volume.
  public let series: ImageSeries

  /// What is odd but was not refused, a sentence each, those of the header included.
  public let notes: [String]
}

/// Returns the volumes of a NIfTI image.
///
/// Complex numbers and colours are refused by name, although they are valid NIfTI: a signal is one
/// real number, and a magnitude taken in silence would be a choice nobody made. So are images whose
/// fifth or later dimension is longer than 1.
///
/// Memory is the stored voxels and, while a compressed file is inflated, its compressed bytes;
/// a header that promises more voxels than the file can hold is refused before anything is
/// allocated for them.
///
/// - Parameters:
///   - path: A `.nii`, `.hdr` or `.img` file, with or without `.gz`.
///   - assumesRAS: Whether an image without orientation is taken as stored in RAS+, with the
///     point 0 at its centre; else it is refused.
/// - Returns: The header, the volumes in the machine's byte order, and notes.
/// - Throws: ``NIfTIError`` where the file cannot be read, is damaged or cut short, has more than
///   four dimensions, no single real numbers, or no orientation.
public func readSeries(
  _ path: String,
  assumesRAS: Bool = false
) throws(NIfTIError) -> NIfTIImage {
  let header = try readHeader(path)
  do throws(NIfTIError.Reason) {
    let encoding = try header.readableEncoding()
    let (grid, orientationNote) = try header.grid(assumesRAS: assumesRAS)
    let (needed, overflow) = grid.voxelCount.multipliedReportingOverflow(
      by: header.volumeCount * encoding.byteCount
    )
    guard !overflow, needed < 1 << 46 else { throw .tooLarge }
    var (bytes, surplus) = try voxelFile(of: header, path: path, needed: needed).get()
    if header.isSwapped { swapBytes(&bytes, from: header.voxelOffset, width: encoding.byteCount) }
    let series = ImageSeries(
      grid: grid,
      volumeCount: header.volumeCount,
      encoding: encoding,
      bytes: bytes,
      offset: header.voxelOffset,
      slope: header.slope,
      intercept: header.intercept
    )
    let notes = header.notes + [orientationNote, surplusNote(surplus)].compactMap { $0 }
    return NIfTIImage(header: header, series: series, notes: notes)
  } catch {
    throw NIfTIError(path: path, reason: error)
  }
}

/// Returns the only volume of a NIfTI image.
///
/// - Parameters:
///   - path: A `.nii`, `.hdr` or `.img` file, with or without `.gz`.
///   - assumesRAS: Whether an image without orientation is taken as stored in RAS+.
/// - Returns: The volume, scaled.
/// - Throws: ``NIfTIError`` as ``readSeries(_:assumesRAS:)`` does, and where there are several
///   volumes.
public func readVolume(_ path: String, assumesRAS: Bool = false) throws(NIfTIError) -> Volume {
  let image = try readSeries(path, assumesRAS: assumesRAS)
  guard image.series.volumeCount == 1 else {
    throw NIfTIError(path: path, reason: .notOneVolume(count: image.series.volumeCount))
  }
  return image.series.volume(0)
}

private func surplusNote(_ surplus: Int) -> String? {
  surplus > 0 ? "\(surplus) bytes follow the voxel data and were left out" : nil
}

/// The file that holds the voxels, up to their end, and how many bytes follow.
private func voxelFile(
  of header: NIfTIHeader,
  path: String,
  needed: Int
) -> Result<(bytes: [UInt8], surplus: Int), NIfTIError.Reason> {
  guard let files = FilePair(path) else { return .failure(.unknownName) }
  let file = header.isPair ? files.voxels : files.header
  let end = header.voxelOffset + needed
  func cutShort(_ count: Int) -> NIfTIError.Reason {
    .truncated(expectedBytes: needed, foundBytes: max(0, count - header.voxelOffset))
  }
  do throws(FileError) {
    let kept: [UInt8]
    let totalCount: Int
    if files.isCompressed {
      let inflated = try inflateGzip(readBytes(file), path: file, keeping: end)
      (kept, totalCount) = (inflated.bytes, inflated.totalCount)
    } else {
      totalCount = try byteCount(ofFile: file)
      kept = totalCount < end ? [] : try readPrefix(file, byteCount: end)
    }
    return kept.count == end ? .success((kept, totalCount - end)) : .failure(cutShort(totalCount))
  } catch {
    guard case .gzipEndsEarly(let count) = error.reason else { return .failure(.file(error)) }
    return .failure(cutShort(count))
  }
}

extension NIfTIHeader {
  fileprivate func readableEncoding() throws(NIfTIError.Reason) -> ImageSeries.Encoding {
    guard dimensions.dropFirst(4).allSatisfy({ $0 == 1 }) else {
      throw .tooManyDimensions(dimensions)
    }
    switch datatype {
    case .real(let encoding): return encoding
    case .unsupported(let name, let code): throw .unsupportedDatatype(name: name, code: code)
    }
  }

  fileprivate func grid(
    assumesRAS: Bool
  ) throws(NIfTIError.Reason) -> (grid: Grid, note: String?) {
    let dimensions = spatialDimensions
    let (plane, flatOverflow) = dimensions.x.multipliedReportingOverflow(by: dimensions.y)
    let (count, overflow) = plane.multipliedReportingOverflow(by: dimensions.z)
    guard !flatOverflow, !overflow, count < Int32.max, volumeCount < Int32.max else {
      throw .tooLarge
    }
    if let affine {
      guard let grid = Grid(dimensions: dimensions, affine: affine) else {
        throw .badOrientation(form: form?.rawValue ?? "form")
      }
      return (grid, nil)
    }
    guard assumesRAS else { throw .noOrientation }
    let centre = voxelSize * (SIMD3<Double>(dimensions) - 1) / 2
    let stored = Affine.scaling(voxelSize, then: -centre)
    guard voxelSize.min() >= 1e-3, voxelSize.max() <= 1e4,
      let grid = Grid(dimensions: dimensions, affine: stored)
    else { throw .badOrientation(form: "voxel size") }
    return (grid, "the header does not say where left is; it was taken as RAS+, as asked")
  }
}
