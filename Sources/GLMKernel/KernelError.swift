/// Why a design cannot be fitted; columns, rows and contrasts are counted from 0.
public enum KernelError: Error, Equatable {
  /// An element of the design is NaN or infinite.
  case designNotFinite(row: Int, column: Int)

  /// The kept rows are not ascending, or not rows of the design.
  case keptRows

  /// The starts of the runs are not ascending from 0, or not rows of the design.
  case runStarts

  /// No degree of freedom is left for the residuals.
  case noResidualDegreesOfFreedom(kept: Int, rank: Int)

  /// A contrast has not one weight per column, or a t contrast not one row.
  case contrastShape(contrast: Int)

  /// A contrast has weights that are all zero, or not finite.
  case contrastEmpty(contrast: Int)

  /// A contrast whose value depends on which of many solutions is taken.
  case contrastNotEstimable(contrast: Int)

  /// The eigenvectors of the design's neighbour product could not be found.
  case eigenvectors
}
