import Glibc

/// Removes files, and the folders that become empty with them.
///
/// - Parameters:
///   - paths: The files, relative to the output folder; what is not there is passed over, and so is a
///     path that leads out of the folder.
///   - folder: The output folder, which stays.
public func discardFiles(_ paths: [String], in folder: String) {
  for path in paths where isInside(path) {
    unlink("\(folder)/\(path)")
    var above = path[...]
    while let slash = above.lastIndex(of: "/") {
      above = above[..<slash]
      // A folder that still holds something is refused by the system.
      guard rmdir("\(folder)/\(above)") == 0 else { break }
    }
  }
}

/// Whether a path stays inside the folder that it is relative to.
private func isInside(_ path: String) -> Bool {
  !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
}
