import Files

/// Returns what the header of a NIfTI file says, without reading its voxels.
///
/// A header can be read whatever its datatype and number of dimensions.
///
/// - Parameter path: A `.nii`, `.hdr` or `.img` file, with or without `.gz`.
/// - Returns: The header.
/// - Throws: ``NIfTIError`` where the file cannot be read, or is no NIfTI-1 or -2 header, or what
///   it says is impossible.
public func readHeader(_ path: String) throws(NIfTIError) -> NIfTIHeader {
  guard let files = FilePair(path) else { throw NIfTIError(path: path, reason: .unknownName) }
  let bytes = try headerBytes(of: files, path: path)
  guard let fields = HeaderFields(bytes) else {
    guard bytes.count >= HeaderFields.firstSize else {
      let reason = NIfTIError.Reason.headerCutShort(
        expectedBytes: HeaderFields.firstSize,
        foundBytes: bytes.count
      )
      throw NIfTIError(path: path, reason: reason)
    }
    throw NIfTIError(path: path, reason: files.isSingle ? .notNIfTI : .analyze)
  }
  do throws(NIfTIError.Reason) {
    guard !(fields.isPair && files.isSingle) else { throw .pairNamedSingle }
    return try NIfTIHeader(fields)
  } catch {
    throw NIfTIError(path: path, reason: error)
  }
}

private func headerBytes(of files: FilePair, path: String) throws(NIfTIError) -> [UInt8] {
  let wanted = HeaderFields.secondSize
  do throws(FileError) {
    if try byteCount(ofFile: files.header) > 0 {
      return files.isCompressed
        ? try inflateGzipPrefix(files.header, byteCount: wanted)
        : try readPrefix(files.header, byteCount: wanted)
    }
  } catch {
    guard case .gzipEndsEarly(let found) = error.reason else { throw NIfTIError(error) }
    let reason = NIfTIError.Reason.headerCutShort(
      expectedBytes: found < HeaderFields.firstSize ? HeaderFields.firstSize : wanted,
      foundBytes: found
    )
    throw NIfTIError(path: path, reason: reason)
  }
  throw NIfTIError(path: path, reason: .empty)
}

/// The one or two files of an image, from the name of either.
struct FilePair {
  let header: String
  let voxels: String
  let isCompressed: Bool

  /// Whether header and voxels are in one file by their name.
  var isSingle: Bool { header == voxels }

  init?(_ path: String) {
    isCompressed = path.hasSuffix(".gz")
    let name = isCompressed ? String(path.dropLast(3)) : path
    let ending = isCompressed ? ".gz" : ""
    switch String(name.suffix(4)).lowercased() {
    case ".nii": (header, voxels) = (path, path)
    case ".hdr": (header, voxels) = (path, name.dropLast(4) + name.suffix(4).asVoxels + ending)
    case ".img": (header, voxels) = (name.dropLast(4) + name.suffix(4).asHeader + ending, path)
    default: return nil
    }
  }
}

extension Substring {
  /// `.hdr` as `.img`, in the same case.
  fileprivate var asVoxels: String { self == ".HDR" ? ".IMG" : ".img" }

  /// `.img` as `.hdr`, in the same case.
  fileprivate var asHeader: String { self == ".IMG" ? ".HDR" : ".hdr" }
}
