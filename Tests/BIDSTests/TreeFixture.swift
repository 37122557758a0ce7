import Files
import TestData

/// A small dataset written for one test.
struct TreeFixture {
  let root: String

  /// Writes files below a new folder.
  ///
  /// - Parameter files: Their contents, by path below the folder.
  /// - Throws: What stands in the way of writing them.
  init(_ files: [String: String]) throws {
    root = try SharedData.temporaryFolder("bids")
    for (path, content) in files { try write(content, to: path) }
  }

  func write(_ content: String, to path: String) throws {
    try writeAtomically(content, to: root + "/" + path)
  }
}
