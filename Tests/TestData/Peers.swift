import FoundationEssentials

/// Other programs that results are compared with, where `Scripts/setup peers` has installed them.
///
/// Taken from the environment at `NOCINET_PEERS`, else `.build/peers/pybids` in the package. Tests that
/// need them are enabled by `.enabled(if: Peers.python != nil)`, so that their absence shows as a skip.
public enum Peers {
  /// The Python that has pybids; `nil` where there is none.
  public static let python: String? = {
    let folder =
      ProcessInfo.processInfo.environment["NOCINET_PEERS"] ?? SharedData.package
      + "/.build/peers/pybids"
    let hasModule = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/lib"))?
      .contains { FileManager.default.fileExists(atPath: "\(folder)/lib/\($0)/site-packages/bids") }
    return hasModule ?? false ? folder + "/bin/python" : nil
  }()
}
