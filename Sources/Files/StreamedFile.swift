import Glibc

/// A file that is written piece by piece, and whose name never leads to half of it.
///
/// The pieces go to another name in the same folder; ``finish()`` brings them to the disk and gives
/// them the final name. A file that is not finished leaves nothing behind.
public final class StreamedFile {
  /// The file, as it was given.
  public let path: String

  private let temporary: String
  private var descriptor: Int32

  /// Opens a file; folders above it are made where they are missing.
  ///
  /// - Parameter path: The file; one that is there already is replaced when this one is finished.
  /// - Throws: ``FileError`` where the system refuses.
  public init(_ path: String) throws(FileError) {
    let folder = folderName(of: path)
    try makeFolder(folder)
    self.path = path
    (descriptor, temporary) = try openTemporary(in: folder, for: path)
  }

  deinit { discard() }

  /// Writes the next piece.
  ///
  /// - Parameter bytes: The piece.
  /// - Throws: ``FileError`` where the system refuses; then nothing is left.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    precondition(descriptor >= 0, "a file that is not finished")
    let code = write(bytes, to: descriptor)
    guard code == 0 else {
      discard()
      throw FileError(path, .write, code: code)
    }
  }

  /// Brings the file to the disk and gives it its name.
  ///
  /// - Throws: ``FileError`` where the system refuses; then nothing is left.
  public func finish() throws(FileError) {
    precondition(descriptor >= 0, "a file that is not finished")
    var code = fsync(descriptor) == 0 ? 0 : errno
    if close(descriptor) != 0, code == 0 { code = errno }
    descriptor = -1
    if code == 0, rename(temporary, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary)
      throw FileError(path, .write, code: code)
    }
    try synchronizeFolder(folderName(of: path))
  }

  private func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    unlink(temporary)
  }
}

/// Moves a file so that its new name never leads to half of it, onto another file system, too.
///
/// - Parameters:
///   - source: The file.
///   - path: Its new name; folders above it are made, and a file that is there already is replaced.
/// - Throws: ``FileError`` where the system refuses.
public func moveFile(_ source: String, to path: String) throws(FileError) {
  try makeFolder(folderName(of: path))
  if rename(source, path) == 0 {
    try synchronizeFolder(folderName(of: path))
    return
  }
  guard errno == EXDEV else { throw FileError(path, .write) }
  let descriptor = open(source, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(source, .read) }
  defer { close(descriptor) }
  let copy = try StreamedFile(path)
  var piece = [UInt8](repeating: 0, count: 1 << 22)
  while true {
    let count = read(descriptor, &piece, piece.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw FileError(source, .read) }
    if count == 0 { break }
    try copy.append(count == piece.count ? piece : Array(piece[..<count]))
  }
  try copy.finish()
  unlink(source)
}
