/// Which two images are registered with each other.
public enum RegistrationStep: String, Codable, Sendable {
  /// The mean EPI (fixed) with the T1w image (moving), rigidly.
  case epiToT1w = "epi-to-t1w"

  /// The template (fixed) with the T1w image (moving), affinely and by B-splines.
  case templateToT1w = "template-to-t1w"

  /// The template (fixed) with the mean EPI (moving), affinely and by B-splines.
  case templateToEPI = "template-to-epi"

  /// The two images, for a sentence.
  public var words: String {
    switch self {
    case .epiToT1w: "the mean EPI with the T1w image"
    case .templateToT1w: "the T1w image with the template"
    case .templateToEPI: "the mean EPI with the template"
    }
  }
}
