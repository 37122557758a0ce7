import CDeflate

/// What a gzip file held.
public struct Inflated: Equatable, Sendable {
  /// The inflated bytes, at most as many as were asked for.
  public let bytes: [UInt8]

  /// The number of bytes the file holds altogether, those not kept included.
  public let totalCount: Int
}

/// The most bytes that one byte of a deflate stream can stand for.
///
/// Source: zlib, *Technical Details*, "Maximum Compression Factor": 1032 to 1.
private let largestExpansion = 1032

/// Inflates a gzip file, all its members one after the other, and verifies every checksum.
///
/// Memory is bounded by `limit`, whatever the file says of its own size; what lies beyond is
/// inflated for its checksum and counted, but not kept.
///
/// - Parameters:
///   - compressed: The whole gzip file.
///   - path: The file's path, for errors.
///   - limit: The largest number of bytes to keep.
/// - Returns: The first bytes, and how many there are altogether.
/// - Throws: ``FileError`` where the stream is no gzip, ends early, is damaged, or does not match
///   its checksum.
public func inflateGzip(
  _ compressed: [UInt8],
  path: String,
  keeping limit: Int
) throws(FileError) -> Inflated {
  let largest = compressed.count.multipliedReportingOverflow(by: largestExpansion)
  var capacity = max(0, largest.overflow ? limit : min(limit, largest.partialValue))
  if capacity > 1 << 28, capacity >> 4 > compressed.count {
    // So much from so little is rare: count before memory is taken for it.
    let counted = compressed.withUnsafeBufferPointer {
      inflateByStream($0, into: .init(start: nil, count: 0))
    }
    if let fault = counted.fault { throw FileError(path: path, reason: fault) }
    capacity = min(capacity, counted.totalCount)
  }
  var outcome = InflateOutcome()
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
    outcome = inflateMembers(compressed, into: buffer)
    filled = outcome.keptCount
  }
  if let fault = outcome.fault { throw FileError(path: path, reason: fault) }
  return Inflated(bytes: bytes, totalCount: outcome.totalCount)
}

/// How far inflating came.
struct InflateOutcome {
  var keptCount = 0
  var totalCount = 0
  var fault: FileError.Reason?
}

/// Inflates whole members fast; what does not fit or fails is done again member by member with
/// the streaming inflater, which can count and tell what is wrong.
private func inflateMembers(
  _ compressed: [UInt8],
  into buffer: UnsafeMutableBufferPointer<UInt8>
) -> InflateOutcome {
  guard let decompressor = libdeflate_alloc_decompressor() else {
    return InflateOutcome(fault: .outOfMemory)
  }
  defer { libdeflate_free_decompressor(decompressor) }
  return compressed.withUnsafeBufferPointer { input in
    var (consumed, produced) = (0, 0)
    while let start = input.baseAddress, let output = buffer.baseAddress {
      var (used, made) = (0, 0)
      let result = libdeflate_gzip_decompress_ex(
        decompressor,
        start + consumed,
        input.count - consumed,
        output + produced,
        buffer.count - produced,
        &used,
        &made
      )
      guard result == LIBDEFLATE_SUCCESS else { break }
      consumed += used
      produced += made
      if isPadding(input[consumed...]) {
        return InflateOutcome(keptCount: produced, totalCount: produced)
      }
    }
    return inflateByStream(input, into: buffer)
  }
}

/// Returns whether only zeros follow a member, as tapes and block devices leave them.
func isPadding(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  rest.first.map { $0 == 0 } ?? true && rest.allSatisfy { $0 == 0 }
}
