/// What was asked, resolved and complete: no default is left open.
///
/// Written as `job.json` into the output folder; the same job gives the same bytes again. Paths are
/// relative to the output folder where that is possible, so that a study can be moved and shared.
/// The number of threads is no part of it, since no result depends on it.
public struct Job: Codable, Equatable, Sendable {
  /// The version of this layout.
  public static let currentSchemaVersion = 1

  /// The version of the layout this job was written in.
  public var schemaVersion = Job.currentSchemaVersion

  /// The BIDS dataset.
  public var dataset: String

  /// The prepared runs that stand in for its images; `nil` where these are analysed themselves.
  public var derivatives: Derivatives?

  /// Which of its runs.
  public var selection: Selection

  /// What is known of the participants beside `participants.tsv`.
  public var phenotype: PhenotypeTables

  /// What contra and ipsi refer to.
  public var laterality: LateralityChoice

  /// How head motion, slices and time are treated.
  public var preprocessing: Preprocessing

  /// How the way to the template is found.
  public var normalization: Normalization

  /// What is fitted to every run.
  public var model: Model

  /// Where the regions come from.
  public var regions: Regions

  /// The seed of every random number.
  public var seed: UInt64

  /// Creates a job.
  ///
  /// - Parameters:
  ///   - dataset: The BIDS dataset.
  ///   - derivatives: The prepared runs that stand in for its images.
  ///   - selection: Which of its runs.
  ///   - phenotype: What is known of the participants beside `participants.tsv`.
  ///   - laterality: What contra and ipsi refer to.
  ///   - preprocessing: How head motion, slices and time are treated.
  ///   - normalization: How the way to the template is found.
  ///   - model: What is fitted to every run.
  ///   - regions: Where the regions come from.
  ///   - seed: The seed of every random number.
  public init(
    dataset: String,
    derivatives: Derivatives? = nil,
    selection: Selection = Selection(),
    phenotype: PhenotypeTables = PhenotypeTables(),
    laterality: LateralityChoice = .stated,
    preprocessing: Preprocessing = Preprocessing(),
    normalization: Normalization = Normalization(),
    model: Model = Model(),
    regions: Regions = Regions(),
    seed: UInt64 = 1
  ) {
    self.dataset = dataset
    self.derivatives = derivatives
    self.selection = selection
    self.phenotype = phenotype
    self.laterality = laterality
    self.preprocessing = preprocessing
    self.normalization = normalization
    self.model = model
    self.regions = regions
    self.seed = seed
  }
}

/// Which runs of a dataset take part; an empty list takes all.
public struct Selection: Codable, Equatable, Sendable {
  /// Participant labels, without `sub-`.
  public var participants: [String] = []

  /// Session labels, without `ses-`.
  public var sessions: [String] = []

  /// Task labels, without `task-`.
  public var tasks: [String] = []

  /// Run labels, without `run-`.
  public var runs: [String] = []

  /// Selects everything.
  public init() {}
}

/// How head motion, slices and time are treated.
public struct Preprocessing: Codable, Equatable, Sendable {
  /// What is done about slices being acquired one after the other.
  public enum SliceTiming: String, Codable, CaseIterable, Sendable {
    /// Nothing.
    case off

    /// The regressors of each slice are taken at that slice's own time.
    case model

    /// The data of each slice are interpolated in time to the reference time.
    case interpolate
  }

  /// What is done about slices being acquired one after the other.
  public var sliceTiming = SliceTiming.model

  /// The reference time as a share of the repetition time, 0 to 1, where no `StartTime` is given.
  public var sliceTimeReference = 0.5

  /// How many volumes are left out at the start of every run.
  public var dummyScans = DummyScans.count(0)

  /// The full width at half maximum of the smoothing of the voxel maps, in mm; 0 for none.
  public var smoothing = 6.0

  /// Whether an image without orientation is taken as stored in RAS+.
  public var assumesRAS = false

  /// Whether every run is written without head motion, as a file for other programs.
  public var writesBold = false

  /// The usual treatment.
  public init() {}
}

/// How the way to the template is found.
public struct Normalization: Codable, Equatable, Sendable {
  /// How the way to the template is found.
  public enum Method: String, Codable, CaseIterable, Sendable {
    /// Mean EPI to T1w, rigid; T1w to template, affine and B-spline.
    case t1w

    /// Mean EPI straight to the template, affine and B-spline.
    case epi

    /// The data are in template space already.
    case none
  }

  /// How the way to the template is found.
  public var method = Method.t1w

  /// The template's file; where there is none it is looked up.
  public var template: String?

  /// The name of the space of the template, or of the data where the method is `none`.
  public var space: String?

  /// The number of threads of the registration, on which its result depends.
  public var threads = 2

  /// Whether an atlas of a truly different space may be used.
  public var allowsSpaceMismatch = false

  /// The usual way.
  public init() {}
}

/// Where the regions come from, and how much of one must be in view.
public struct Regions: Codable, Equatable, Sendable {
  /// Built-in names or files, each with `:space=NAME` where its space is stated by hand.
  public var atlases: [String] = ["pain-network"]

  /// The smallest covered share of a region that counts in a cohort, 0 to 1.
  public var minimumCoverage = 0.5

  /// The same for brainstem regions.
  public var minimumBrainstemCoverage = 0.8

  /// The built-in atlas alone.
  public init() {}
}
