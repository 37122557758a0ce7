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

  /// What it is, what was left out of it, and under which terms it may be passed on.
  public var about: String {
    switch self {
    case .painNetwork:
      "Spheres around cited coordinates of the network that answers to pain, each with its source; "
        + "sides without a coordinate of their own are mirrored and say so; brainstem spheres are "
        + "levels, not nuclei. Medial regions (aMCC, pMCC and SMA, vmPFC, dmPFC) are one sphere "
        + "around the midline. Left out for want of a cited coordinate: single nuclei of the "
        + "thalamus (VP, MD), amygdala, cerebellar lobule VI. Contains information from the "
        + "Neurosynth v7 database, made available under the Open Database License (ODbL) 1.0, "
        + "https://opendatacommons.org/licenses/odbl/1-0/."
    }
  }
}
