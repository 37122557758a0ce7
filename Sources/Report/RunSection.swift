/// What the report says of one run.
public struct RunSection: Sendable {
  /// Its name, as in `task-pain_run-1`.
  public var name: String

  /// The time between volumes, in s.
  public var repetitionTime: Double

  /// Where the repetition time was found.
  public var repetitionTimeSource: String

  /// The moment within a volume at which the model is taken, in words.
  public var referenceTime: String

  /// The number of volumes.
  public var volumeCount: Int

  /// The volumes left out of the fit, counted from 0.
  public var censoredVolumes: [Int] = []

  /// How the head moved.
  public var motion: MotionTrace?

  /// How the brain's signal changed.
  public var carpet: CarpetPicture?

  /// How good the data are, by name.
  public var quality: [(name: String, value: String)] = []

  /// The model's columns.
  public var design: DesignPicture?

  /// What the model's checks found.
  public var checks: [DesignCheckLine] = []

  /// What happened to this run, a sentence each.
  public var notes: [String] = []

  /// Creates a section without motion and design.
  ///
  /// - Parameters:
  ///   - name: The run's name, as in `task-pain_run-1`.
  ///   - repetitionTime: The time between volumes, in s.
  ///   - repetitionTimeSource: Where the repetition time was found.
  ///   - referenceTime: The moment within a volume at which the model is taken, in words.
  ///   - volumeCount: The number of volumes.
  public init(
    name: String,
    repetitionTime: Double,
    repetitionTimeSource: String,
    referenceTime: String,
    volumeCount: Int
  ) {
    self.name = name
    self.repetitionTime = repetitionTime
    self.repetitionTimeSource = repetitionTimeSource
    self.referenceTime = referenceTime
    self.volumeCount = volumeCount
  }
}

/// How the head moved, volume by volume.
public struct MotionTrace: Equatable, Sendable {
  /// The translations along x, y and z, in mm.
  public var translations: [SIMD3<Double>]

  /// The rotations about x, y and z, in degrees.
  public var rotations: [SIMD3<Double>]

  /// The framewise displacement, in mm.
  public var displacements: [Double]

  /// The displacement above which a volume is left out or worth a look, in mm.
  public var threshold: Double?

  /// The mean of the displacements, in mm.
  public var meanDisplacement: Double

  /// The largest displacement, in mm.
  public var largestDisplacement: Double

  /// Creates a trace.
  ///
  /// - Parameters:
  ///   - translations: The translations along x, y and z, in mm.
  ///   - rotations: The rotations about x, y and z, in degrees.
  ///   - displacements: The framewise displacement, in mm.
  ///   - threshold: The displacement above which a volume is left out or worth a look, in mm.
  ///   - meanDisplacement: The mean of the displacements, in mm.
  ///   - largestDisplacement: The largest displacement, in mm.
  public init(
    translations: [SIMD3<Double>],
    rotations: [SIMD3<Double>],
    displacements: [Double],
    threshold: Double?,
    meanDisplacement: Double,
    largestDisplacement: Double
  ) {
    self.translations = translations
    self.rotations = rotations
    self.displacements = displacements
    self.threshold = threshold
    self.meanDisplacement = meanDisplacement
    self.largestDisplacement = largestDisplacement
  }
}

/// How the brain's signal changed over a run: bundles of voxels from the brain's surface inwards.
public struct CarpetPicture: Equatable, Sendable {
  /// The number of rows, as many for each third of the brain's depth.
  public var rowCount: Int

  /// The changes in percent, row by row, one per volume.
  public var values: [Float]

  /// The change that is drawn darkest or brightest, in percent.
  public var limit: Double

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - rowCount: The number of rows, a multiple of three.
  ///   - values: The changes in percent, row by row, one per volume.
  ///   - limit: The change that is drawn darkest or brightest, in percent.
  public init(rowCount: Int, values: [Float], limit: Double) {
    precondition(rowCount > 0 && values.count % rowCount == 0, "full rows")
    self.rowCount = rowCount
    self.values = values
    self.limit = limit
  }
}

/// The columns of a run's model.
public struct DesignPicture: Equatable, Sendable {
  /// The names of the columns.
  public var names: [String]

  /// The columns, one value per volume each.
  public var columns: [[Double]]

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - names: The names of the columns.
  ///   - columns: The columns, one value per volume each.
  public init(names: [String], columns: [[Double]]) {
    self.names = names
    self.columns = columns
  }
}

/// What the checks of a run's model found for one contrast.
public struct DesignCheckLine: Equatable, Sendable {
  /// The contrast's name.
  public var contrast: String

  /// The share of the regressor's variance that drift and confounds take away, 0 to 1.
  public var removedShare: Double

  /// How many times larger the variance is than without the other columns.
  public var varianceInflation: Double

  /// The numerator's degrees of freedom of an F; `nil` for t.
  public var numeratorDegreesOfFreedom: Double?

  /// The degrees of freedom of the run's fit.
  public var degreesOfFreedom: Double

  /// What is wrong, where something is.
  public var problem: String?

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - contrast: The contrast's name.
  ///   - removedShare: The share of variance that drift and confounds take away, 0 to 1.
  ///   - varianceInflation: How many times larger the variance is than without other columns.
  ///   - numeratorDegreesOfFreedom: The numerator's degrees of freedom of an F; `nil` for t.
  ///   - degreesOfFreedom: The degrees of freedom of the run's fit.
  ///   - problem: What is wrong, where something is.
  public init(
    contrast: String,
    removedShare: Double,
    varianceInflation: Double,
    numeratorDegreesOfFreedom: Double? = nil,
    degreesOfFreedom: Double,
    problem: String? = nil
  ) {
    self.contrast = contrast
    self.removedShare = removedShare
    self.varianceInflation = varianceInflation
    self.numeratorDegreesOfFreedom = numeratorDegreesOfFreedom
    self.degreesOfFreedom = degreesOfFreedom
    self.problem = problem
  }
}
