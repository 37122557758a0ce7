import Glibc
import Synchronization

/// Writes a file so that its name never leads to half of it.
///
/// The bytes go to another name in the same folder, reach the disk, take the final name, and the
/// folder reaches the disk. Folders above the file are made where they are missing.
///
/// - Parameters:
///   - bytes: The whole content.
///   - path: The file; one that is there already is replaced.
/// - Throws: ``FileError`` where the system refuses; then a file that was there is untouched.
public func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
  let folder = folderName(of: path)
  try makeFolder(folder)
  let (descriptor, temporary) = try openTemporary(in: folder, for: path)
  var code = write(bytes, to: descriptor)
  if code == 0, fsync(descriptor) != 0 { code = errno }
  if close(descriptor) != 0, code == 0 { code = errno }
  if code == 0, rename(temporary, path) != 0 { code = errno }
  guard code == 0 else {
    unlink(temporary)
    throw FileError(path, .write, code: code)
  }
  try synchronizeFolder(folder)
}

/// Writes text in UTF-8 so that the file's name never leads to half of it.
///
/// - Parameters:
///   - text: The whole content.
///   - path: The file; one that is there already is replaced.
/// - Throws: ``FileError`` where the system refuses; then a file that was there is untouched.
public func writeAtomically(_ text: String, to path: String) throws(FileError) {
  try writeAtomically(Array(text.utf8), to: path)
}

/// Makes a folder, and those above it, where they are missing.
///
/// - Parameter path: The folder.
/// - Throws: ``FileError`` where the system refuses, or a file stands in the way.
public func makeFolder(_ path: String) throws(FileError) {
  if mkdir(path, 0o777) == 0 || isFolder(path) { return }
  let code = errno
  let above = folderName(of: path)
  guard code == ENOENT, above != path else {
    throw FileError(path: path, reason: .refused(.makeFolder, code: code))
  }
  try makeFolder(above)
  // Another process may make it at the same moment.
  guard mkdir(path, 0o777) == 0 || isFolder(path) else {
    throw FileError(path: path, reason: .refused(.makeFolder, code: errno))
  }
}

/// Returns whether a path leads to a folder; leaves the system's error number as it was.
private func isFolder(_ path: String) -> Bool {
  let code = errno
  defer { errno = code }
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The folder a path stands in.
func folderName(of path: String) -> String {
  var trimmed = path[...]
  while trimmed.count > 1, trimmed.last == "/" { trimmed = trimmed.dropLast() }
  guard let slash = trimmed.lastIndex(of: "/") else { return "." }
  return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
}

private let temporaryNumber = Atomic(0)

/// Opens a new file in a folder, under a name that no other process has taken.
func openTemporary(
  in folder: String,
  for path: String
) throws(FileError) -> (descriptor: Int32, path: String) {
  while true {
    let number = temporaryNumber.wrappingAdd(1, ordering: .relaxed).oldValue
    let temporary = "\(folder)/.nocinet-\(getpid())-\(number).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor >= 0 { return (descriptor, temporary) }
    guard errno == EEXIST || errno == EINTR else { throw FileError(path, .write) }
  }
}

/// Writes all bytes, and returns an error number or 0.
func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let count = Glibc.write(descriptor, base + done, min(buffer.count - done, 1 << 30))
      if count > 0 { done += count } else if errno != EINTR { return errno }
    }
    return 0
  }
}

/// Brings a folder's entries to the disk, where the file system can.
func synchronizeFolder(_ folder: String) throws(FileError) {
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(folder, .write) }
  let code = fsync(descriptor) == 0 ? 0 : errno
  close(descriptor)
  // Some network file systems cannot synchronize a folder, and say so.
  guard code == 0 || code == EINVAL || code == ENOTSUP || code == EBADF else {
    throw FileError(folder, .write, code: code)
  }
}
