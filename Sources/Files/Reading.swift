import Glibc

/// Returns the bytes of a file.
///
/// - Parameter path: The file.
/// - Returns: All its bytes.
/// - Throws: ``FileError`` where it is missing, a folder, or cannot be read.
public func readBytes(_ path: String) throws(FileError) -> [UInt8] {
  let file = try OpenFile(reading: path)
  return try file.read(atMost: .max)
}

/// Returns the first bytes of a file.
///
/// - Parameters:
///   - path: The file.
///   - byteCount: The number of bytes wanted.
/// - Returns: That many bytes, or fewer where the file is shorter.
/// - Throws: ``FileError`` where it is missing, a folder, or cannot be read.
public func readPrefix(_ path: String, byteCount: Int) throws(FileError) -> [UInt8] {
  let file = try OpenFile(reading: path)
  return try file.read(atMost: byteCount)
}

/// Returns the number of bytes of a file.
///
/// - Parameter path: The file.
/// - Returns: Its size in bytes.
/// - Throws: ``FileError`` where it is missing, a folder, or cannot be read.
public func byteCount(ofFile path: String) throws(FileError) -> Int {
  try OpenFile(reading: path).byteCount
}

/// Returns the text of a file in UTF-8, without a byte order mark.
///
/// - Parameter path: The file.
/// - Returns: Its text.
/// - Throws: ``FileError`` where it cannot be read or is not UTF-8.
public func readText(_ path: String) throws(FileError) -> String {
  var bytes = try readBytes(path)[...]
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw FileError(path: path, reason: .notText)
  }
  return text
}

/// A file open for reading, closed when it goes out of use.
struct OpenFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  /// The size the file system states, in bytes.
  let byteCount: Int

  init(reading path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, .read) }
    var status = stat()
    let code = fstat(descriptor, &status) == 0 ? 0 : errno
    guard code == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FileError(path, .read, code: code == 0 ? EISDIR : code)
    }
    self.path = path
    self.descriptor = descriptor
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads on from where the last call ended; fewer bytes than asked for mean the end.
  borrowing func read(atMost limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var code: Int32 = 0
    var capacity = min(limit, max(byteCount, 1 << 12))
    while code == 0, bytes.count < limit {
      let added = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        code = fill(buffer, &filled)
      }
      let reachedEnd = added.count < capacity
      if bytes.isEmpty { bytes = added } else { bytes += added }
      if reachedEnd { break }
      // Exactly the stated size was read: look whether anything follows.
      capacity = min(limit - bytes.count, 1 << 12)
    }
    guard code == 0 else { throw FileError(path, .read, code: code) }
    return bytes
  }

  /// Fills a buffer as far as the file goes, and returns an error number or 0.
  private borrowing func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>,
    _ filled: inout Int
  ) -> Int32 {
    while filled < buffer.count, let base = buffer.baseAddress {
      // The kernel takes at most 2 GiB at a time.
      let wanted = min(buffer.count - filled, 1 << 30)
      let count = Glibc.read(descriptor, base + filled, wanted)
      if count == 0 { return 0 }
      if count > 0 { filled += count } else if errno != EINTR { return errno }
    }
    return 0
  }
}
