import CDeflate

/// Returns bytes as a gzip file, the same for the same input: no name, no time.
///
/// - Parameters:
///   - bytes: What is compressed.
///   - level: 1 (fast) to 12 (small).
/// - Returns: A gzip file of one member.
/// - Throws: ``FileError`` where memory is short.
public func deflateGzip(_ bytes: [UInt8], level: Int = 6) throws(FileError) -> [UInt8] {
  try compress(
    bytes,
    level: level,
    bound: libdeflate_gzip_compress_bound,
    with: libdeflate_gzip_compress
  )
}

/// Returns bytes as a zlib stream, as PNG holds them.
///
/// - Parameters:
///   - bytes: What is compressed.
///   - level: 1 (fast) to 12 (small).
/// - Returns: A zlib stream.
/// - Throws: ``FileError`` where memory is short.
public func zlibCompress(_ bytes: [UInt8], level: Int = 6) throws(FileError) -> [UInt8] {
  try compress(
    bytes,
    level: level,
    bound: libdeflate_zlib_compress_bound,
    with: libdeflate_zlib_compress
  )
}

/// Returns the CRC-32 of bytes, as gzip and PNG define it.
///
/// - Parameter bytes: What is summed.
/// - Returns: The checksum; 0 for no bytes.
public func crc32(_ bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
}

private func compress(
  _ bytes: [UInt8],
  level: Int,
  bound: (OpaquePointer?, Int) -> Int,
  with compress: (OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int) -> Int
) throws(FileError) -> [UInt8] {
  precondition((1...12).contains(level), "a level of libdeflate")
  guard let compressor = libdeflate_alloc_compressor(Int32(level)) else {
    throw FileError(path: "deflate", reason: .outOfMemory)
  }
  defer { libdeflate_free_compressor(compressor) }
  let capacity = bound(compressor, bytes.count)
  let compressed = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
    filled = bytes.withUnsafeBytes {
      compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, capacity)
    }
  }
  // The bound was kept, so nothing is left for the library to refuse but memory.
  guard !compressed.isEmpty else { throw FileError(path: "deflate", reason: .outOfMemory) }
  return compressed
}
