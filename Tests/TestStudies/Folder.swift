public import Files
import FoundationEssentials
import Glibc

/// A folder of one test; those of all tests go when the tests' process ends.
public struct ScratchFolder: Sendable {
  /// The folder's path, as the program would write it.
  public let path: String

  /// Makes a folder below the system's temporary one.
  ///
  /// - Throws: `FileError` where it cannot be made.
  public init() throws(FileError) {
    path = "\(Self.parent)/\(UUID().uuidString)"
    try makeFolder(path)
  }

  /// What holds the folders of this process.
  private static let parent: String = {
    atexit { try? FileManager.default.removeItem(atPath: ScratchFolder.parent) }
    // Without a double slash, for which a search in results would find nothing.
    let above = FileManager.default.temporaryDirectory.path().split(separator: "/")
    return "/" + (above + ["nocinet-tests-\(getpid())"]).joined(separator: "/")
  }()
}

/// Returns the SHA-256 of every file below a folder, hidden ones too, by its path from there.
///
/// - Parameter folder: The folder.
/// - Returns: The digests.
/// - Throws: `FileError` where a file cannot be read.
public func digests(below folder: String) throws(FileError) -> [String: String] {
  var digests: [String: String] = [:]
  for path in paths(below: folder) { digests[path] = try sha256(ofFile: folder + "/" + path) }
  return digests
}

/// Returns the paths of all files below a folder, hidden ones too, sorted.
///
/// - Parameter folder: The folder.
/// - Returns: The paths, from the folder on; none where it is not there.
public func paths(below folder: String) -> [String] {
  let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  return all.filter { path in
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
    return exists && !isFolder
  }
  .sorted()
}

/// Returns the paths of the files below a folder whose bytes hold a text.
///
/// Compressed files are searched as they inflate.
///
/// - Parameters:
///   - folder: The folder.
///   - text: The text.
/// - Returns: The paths, from the folder on.
/// - Throws: `FileError` where a file cannot be read.
public func paths(below folder: String, holding text: String) throws(FileError) -> [String] {
  let wanted = Data(text.utf8)
  var found: [String] = []
  for path in paths(below: folder) {
    var bytes = try readBytes(folder + "/" + path)
    if path.hasSuffix(".gz") { bytes = try inflateGzip(bytes, path: path, keeping: 1 << 28).bytes }
    if Data(bytes).firstRange(of: wanted) != nil { found.append(path) }
  }
  return found
}
