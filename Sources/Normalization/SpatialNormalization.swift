public import Imaging

/// The way between the native EPI grid and the template, in both directions.
///
/// Each direction has its use: labels are *pulled* to the native grid by asking, for every native
/// point, for its template point; contrast maps are *pushed* to the template grid by asking, for
/// every template point, for its native point.
public struct SpatialNormalization: Sendable {
  /// The name of the template's space.
  public let space: String

  /// The grid that contrast maps are resampled to.
  public let templateGrid: Grid

  /// Template points to native EPI points (mm, RAS+): the map to resample contrast maps with.
  public let templateToNative: PointMap

  /// Native EPI points to template points (mm, RAS+): the map to look labels up with.
  public let nativeToTemplate: PointMap

  /// How good the registration is; `nil` where there was none.
  public let check: RegistrationCheck?

  /// How it was done, as a sentence for the report's methods.
  public let method: String

  /// What identifies the result: of the inputs, the parameters, elastix' version and its threads.
  public let digest: String

  /// Whether every registration behind it was taken from an earlier call.
  public let isReused: Bool

  /// Whether the data lie in the template's space already.
  public var isIdentity: Bool {
    if case .identity = templateToNative { true } else { false }
  }
}
