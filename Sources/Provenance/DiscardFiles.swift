import FoundationEssentials
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

/// Removes the folders of a participant in which there is nothing, such as a failure leaves.
///
/// - Parameters:
///   - participant: The participant, with `sub-`.
///   - folder: The output folder.
public func discardEmptyFolders(of participant: String, in folder: String) {
  let files = FileManager.default
  let below = (try? files.subpathsOfDirectory(atPath: "\(folder)/\(participant)")) ?? []
  // What lies deeper goes first; a folder that still holds something is refused by the system.
  for path in below.sorted(by: >) { rmdir("\(folder)/\(participant)/\(path)") }
  rmdir("\(folder)/\(participant)")
}

/// Whether a path stays inside the folder that it is relative to.
private func isInside(_ path: String) -> Bool {
  !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
}
