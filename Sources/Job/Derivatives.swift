/// Runs that another program prepared, which are taken in place of the dataset's raw images.
public struct Derivatives: Codable, Equatable, Sendable {
  /// The programs whose results are known.
  public enum Program: String, Codable, CaseIterable, Sendable {
    /// fMRIPrep.
    case fmriprep
  }

  /// The program.
  public var program: Program

  /// The folder of its results.
  public var folder: String

  /// The label of the resolution, without `res-`; `nil` where there is only one.
  public var resolution: String?

  /// Names prepared runs.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - folder: The folder of its results.
  ///   - resolution: The label of the resolution, without `res-`.
  public init(program: Program = .fmriprep, folder: String, resolution: String? = nil) {
    (self.program, self.folder, self.resolution) = (program, folder, resolution)
  }
}
