/// A key of a BIDS file name, in the order in which file names carry them.
public enum Entity: String, CaseIterable, Sendable {
  case subject = "sub"
  case session = "ses"
  case sample
  case task
  case tracksys
  case acquisition = "acq"
  case contrastAgent = "ce"
  case tracer = "trc"
  case stain
  case reconstruction = "rec"
  case direction = "dir"
  case run
  case modality = "mod"
  case echo
  case flip
  case inversion = "inv"
  case magnetizationTransfer = "mt"
  case part
  case processing = "proc"
  case hemisphere = "hemi"
  case space
  case cohort
  case split
  case recording
  case chunk
  case atlas
  case segmentation = "seg"
  case scale
  case resolution = "res"
  case density = "den"
  case label
  case description = "desc"
  case contrast
  case statistic = "stat"

  /// Returns a label without this entity's prefix, which people write or leave out.
  ///
  /// - Parameter label: A label such as `01` or `sub-01`.
  /// - Returns: The bare label, `01`.
  public func bareLabel(_ label: String) -> String {
    let prefix = rawValue + "-"
    return label.hasPrefix(prefix) ? String(label.dropFirst(prefix.count)) : label
  }
}
