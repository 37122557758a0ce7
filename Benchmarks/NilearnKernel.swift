import FoundationEssentials

/// nilearn's fit of arrays on one core, without files.
struct NilearnKernel {
  /// The CPU time per voxel, in ns.
  struct Times: Decodable {
    /// Ordinary least squares.
    let ols: Double

    /// First-order autoregression.
    let ar1: Double
  }

  /// The Python that has nilearn.
  let python: String

  /// The script that fits.
  let script: String

  /// Fits white noise.
  ///
  /// - Parameters:
  ///   - volumes: The number of volumes.
  ///   - columns: The number of columns of the design.
  /// - Returns: The least time of a few rounds.
  /// - Throws: Why there is no measurement.
  func fit(volumes: Int, columns: Int) throws -> Times {
    let log = FileManager.default.temporaryDirectory.path() + "/nilearn-\(UUID().uuidString).log"
    defer { try? FileManager.default.removeItem(atPath: log) }
    _ = try Child(
      program: python,
      arguments: ["-W", "ignore", script, "\(volumes)", "\(columns)", "20000"],
      log: log
    )
    .run()
    let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    let line = text.split(separator: "\n").last { $0.hasPrefix("{") } ?? ""
    return try JSONDecoder().decode(Times.self, from: Data(line.utf8))
  }
}
