public import GLMKernel

/// Why a model cannot be fitted.
public enum GLMError: Error, Equatable {
  /// Designs, their places and baselines do not fit the series.
  case shape(what: Shape, expected: Int, found: Int)

  /// What was counted in ``shape(what:expected:found:)``.
  public enum Shape: Equatable, Sendable {
    /// The rows of a design, one per volume.
    case designRows

    /// The columns of a slice's design, the same in each.
    case designColumns

    /// The designs, at least one.
    case designs

    /// The voxels that are told their design.
    case designOfVoxel

    /// The voxels that have a baseline.
    case baselines

    /// The designs of regions, one per series.
    case regionDesigns
  }

  /// A voxel's design is none of the designs; places are counted from 0.
  case noSuchDesign(voxel: Int, design: Int)

  /// The repetition time or a width is not a number it can be.
  case outOfRange(Quantity, Double)

  /// What was measured in ``outOfRange(_:_:)``.
  public enum Quantity: Equatable, Sendable {
    /// The repetition time, in s, above 0.
    case repetitionTime

    /// The width of the averaging, in mm, at least 0.
    case regularisationFWHM
  }

  /// A series' noise is none there can be.
  case noise(NoiseShape)

  /// A design column holds a number that is not finite; the volume is counted from 0.
  case columnNotFinite(column: String, volume: Int)

  /// The kept volumes are not ascending, or not volumes of the run.
  case keptVolumes

  /// As many independent columns as kept volumes.
  case noDegreesOfFreedom(kept: Int, rank: Int)

  /// A contrast has not one weight per column, or a t contrast not one row.
  case contrastShape(contrast: String, columns: Int)

  /// A contrast has no weight but zeros, or one that is not finite.
  case contrastEmpty(contrast: String)

  /// A contrast that the data cannot answer, and the columns that others span.
  case contrastNotEstimable(contrast: String, redundantColumns: [String])

  /// The decomposition of a design failed.
  case decomposition

  /// Nothing to combine.
  case noRuns

  /// Estimates of different contrasts cannot be combined.
  case differentContrasts(String, String)

  /// Maps on different grids cannot be combined.
  case differentGrids(contrast: String)

  /// Of the rows of an F contrast not the same ones are independent in every run.
  case differentRows(contrast: String)
}

extension GLMError: CustomStringConvertible {
  /// One sentence for the person who ran the command: what, and what to try.
  public var description: String {
    switch self {
    case .shape(let what, let expected, let found):
      "\(what.words): \(expected) were expected, \(found) were given"
    case .noSuchDesign(let voxel, let design):
      "voxel \(voxel) of the mask is told to use design \(design), which is not there"
    case .outOfRange(let quantity, let value):
      "\(quantity.words), not \(value)"
    case .noise(let noise):
      "noise has a memory between -1 and 1 and a share from 0 to 1, not \(noise.memory) and"
        + " \(noise.share)"
    case .columnNotFinite(let column, let volume):
      "the design column '\(column)' is not a finite number at volume \(volume); see its source"
    case .keptVolumes:
      "the kept volumes must be volumes of the run, each once and in order"
    case .noDegreesOfFreedom(let kept, let rank):
      "\(kept) kept volumes cannot carry \(rank) independent regressors; censor less, use fewer"
        + " confounds or a longer high-pass cutoff"
    case .contrastShape(let contrast, let columns):
      "the contrast '\(contrast)' needs one weight for each of the \(columns) columns, and one row"
        + " if it is a t contrast"
    case .contrastEmpty(let contrast):
      "the contrast '\(contrast)' has no weight other than 0; name a condition of the design"
    case .contrastNotEstimable(let contrast, let redundant):
      "the contrast '\(contrast)' cannot be estimated, since the kept volumes cannot tell these"
        + " columns from others: \(redundant.joined(separator: ", ")); drop one of them, or censor"
        + " less"
    case .decomposition:
      "the design could not be decomposed; are its columns of wildly different sizes?"
    case .noRuns:
      "there is no run to combine"
    case .differentContrasts(let first, let second):
      "the contrasts '\(first)' and '\(second)' are two questions and cannot be combined"
    case .differentGrids(let contrast):
      "the maps of the contrast '\(contrast)' lie on different grids; align the runs first"
    case .differentRows(let contrast):
      "the F contrast '\(contrast)' asks for different things in different runs; write it with rows"
        + " that do not follow from one another"
    }
  }
}

extension GLMError.Shape {
  fileprivate var words: String {
    switch self {
    case .designRows: "rows of the design, one per volume"
    case .designColumns: "columns of a slice's design"
    case .designs: "designs"
    case .designOfVoxel: "voxels with a design"
    case .baselines: "voxels with a baseline"
    case .regionDesigns: "designs, one per region"
    }
  }
}

extension GLMError.Quantity {
  fileprivate var words: String {
    switch self {
    case .repetitionTime: "the repetition time must be above 0 s"
    case .regularisationFWHM: "the width of the noise averaging must be 0 mm or more"
    }
  }
}
