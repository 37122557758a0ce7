import GLM
import Imaging
import Normalization

extension SessionAnalysis {
  /// Takes a contrast to the template's grid.
  ///
  /// Effect and standard error are resampled, each linearly with weights normalised inside the mask,
  /// and of an F the effects and their covariances; the statistics are formed anew from them.
  ///
  /// - Parameters:
  ///   - estimate: A contrast on the session's grid.
  ///   - way: The way to the template.
  /// - Returns: The contrast on the template's grid, where it is in view.
  func inTemplate(
    _ estimate: ContrastEstimate,
    by way: SpatialNormalization
  ) -> ContrastEstimate {
    guard !way.isIdentity else { return estimate }
    return estimate.moved(to: way.templateGrid) {
      resampleStatistic(
        $0,
        onto: way.templateGrid,
        by: way.templateToNative,
        threads: request.threads
      )
    }
  }
}
