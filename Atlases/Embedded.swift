/// The atlases that are carried inside the program.
public enum BuiltInAtlas: String, CaseIterable, Sendable {
  /// Spheres around cited coordinates of the network that answers to pain.
  case painNetwork = "pain-network"

  /// The atlas' table, as it lies in this folder: tab-separated text in UTF-8.
  public var table: [UInt8] {
    switch self {
    case .painNetwork: PackageResources.pain_network_tsv
    }
  }
}
