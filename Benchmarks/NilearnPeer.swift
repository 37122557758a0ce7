import FoundationEssentials

/// nilearn on the same run, as its users call it.
///
/// nilearn corrects no head motion and writes no tables: it reads, masks, smooths by 6 mm, fits, and
/// makes the maps of one contrast.
struct NilearnPeer {
  /// A model of the noise, in nilearn's words.
  enum Noise: String {
    case ols, ar1
  }

  /// What a fit used.
  struct Fit {
    /// The whole program, with the loading of Python's modules.
    var whole: Usage

    /// Without the loading.
    var inside: Usage

    /// The number of voxels of nilearn's mask.
    var voxels: Int
  }

  /// What the script says of a fit.
  private struct Parts: Decodable {
    private enum CodingKeys: String, CodingKey {
      case wall = "wall_s", importing = "import_s", cpu = "cpu_s", voxels
      case importingCPU = "import_cpu_s"
    }

    let wall: Double
    let importing: Double
    let cpu: Double
    let importingCPU: Double
    let voxels: Int
  }

  /// The Python that has nilearn.
  let python: String

  /// The script that fits.
  let script: String

  /// What the peer is called in rows.
  static let name = "nilearn 0.14.1"

  /// Fits a run several times.
  ///
  /// - Parameters:
  ///   - dataset: The run.
  ///   - noise: The noise model.
  ///   - rounds: How often, at least once.
  /// - Returns: The least time and the most memory.
  /// - Throws: Why there is no measurement.
  func fit(_ dataset: SimulatedDataset, noise: Noise, rounds: Int) throws -> Fit {
    let fits = try (0..<rounds).map { _ in try fit(dataset, noise: noise) }
    return Fit(
      whole: Usage(of: fits.map(\.whole)),
      inside: Usage(of: fits.map(\.inside)),
      voxels: fits.map(\.voxels).max() ?? 0
    )
  }

  private func fit(_ dataset: SimulatedDataset, noise: Noise) throws -> Fit {
    let log = "\(dataset.folder)/nilearn-\(noise.rawValue).log"
    let time = "\(dataset.repetitionTime)"
    let child = Child(
      program: python,
      arguments: [
        "-W", "ignore", script, dataset.imagePath, dataset.eventsPath, time, noise.rawValue,
      ],
      log: log
    )
    let whole = try child.run()
    let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    let line = text.split(separator: "\n").last { $0.hasPrefix("{") } ?? ""
    let parts = try JSONDecoder().decode(Parts.self, from: Data(line.utf8))
    let inside = Usage(
      wall: parts.wall - parts.importing,
      cpu: parts.cpu - parts.importingCPU,
      peak: whole.peak
    )
    return Fit(whole: whole, inside: inside, voxels: parts.voxels)
  }
}
