import Files
import FoundationEssentials

/// A folder for the scratch files of one participant, which goes when the work is done.
struct WorkFolder {
  /// The folder.
  let path: String

  /// Makes the folder.
  ///
  /// - Parameters:
  ///   - folder: The folder it is made in.
  ///   - participant: The participant, without `sub-`.
  /// - Throws: `FileError` where it cannot be made.
  init(below folder: String, for participant: String) throws(FileError) {
    path = "\(absolutePath(folder))/.work-sub-\(participant)"
    try makeFolder(path)
  }

  /// Removes the folder and all that is in it.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
