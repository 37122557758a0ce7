import FoundationEssentials
import Glibc

/// The folder of real data that tests read, where there is one.
///
/// Taken from `NOCINET_TEST_DATA`, else `../shared/data` beside the package. Tests that need it are
/// enabled by `.enabled(if: SharedData.isPresent)`, so that its absence shows as a skip.
public enum SharedData {
  /// The folder's path, without a trailing slash.
  public static var root: String {
    ProcessInfo.processInfo.environment["NOCINET_TEST_DATA"] ?? package + "/../shared/data"
  }

  /// The folder of a peer's expected numbers, beside the data.
  public static var references: String { root + "/../reference" }

  /// Whether the data are there.
  public static var isPresent: Bool {
    FileManager.default.fileExists(atPath: root + "/README.md")
  }

  /// The folder of the package.
  public static var package: String {
    String(#filePath.dropLast("/Tests/TestData/SharedData.swift".count))
  }

  /// Returns a path for a test's own files, in a new folder that goes when the tests end.
  ///
  /// - Parameter name: What the folder's name starts with.
  /// - Returns: The path, without a trailing slash.
  /// - Throws: The system's error where the folder cannot be made.
  public static func temporaryFolder(_ name: String = "nocinet-test") throws -> String {
    let folder = "\(folderOfThisProcess)/\(name)-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// The folder of all temporary folders of this process; removed when it exits.
private let folderOfThisProcess: String = {
  let temporary = FileManager.default.temporaryDirectory.path()
  atexit { try? FileManager.default.removeItem(atPath: folderOfThisProcess) }
  return "\(temporary)/nocinet-tests-\(getpid())"
}()
