public import ArgumentParser
public import Job

/// Which runs of the dataset take part.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: [.customLong("participant-label"), .customLong("participant_label")],
    parsing: .upToNextOption,
    help: "Participants, with or without sub-; all where none is named."
  )
  var participants: [String] = []

  @Option(
    name: [.customLong("session-label"), .customLong("session_label")],
    parsing: .upToNextOption,
    help: "Sessions, with or without ses-."
  )
  var sessions: [String] = []

  @Option(
    name: [.customLong("task-id"), .customLong("task_id"), .customShort("t")],
    parsing: .upToNextOption,
    help: "Tasks, with or without task-."
  )
  var tasks: [String] = []

  @Option(
    name: [.customLong("run-label"), .customLong("run_label")],
    parsing: .upToNextOption,
    help: "Runs, with or without run-."
  )
  var runs: [String] = []

  /// The selection in the job's words.
  var selection: Selection {
    var selection = Selection()
    selection.participants = participants.map { $0.without(prefix: "sub-") }
    selection.sessions = sessions.map { $0.without(prefix: "ses-") }
    selection.tasks = tasks.map { $0.without(prefix: "task-") }
    selection.runs = runs.map { $0.without(prefix: "run-") }
    return selection
  }
}

/// How head motion, slices and time are treated.
struct PreprocessingOptions: ParsableArguments {
  @Option(name: [.long, .customShort("s")], help: "Smoothing of the voxel maps, FWHM in mm.")
  var smoothing = 6.0

  @Option(
    name: [.customLong("slice-timing")],
    help: """
      Where SliceTiming is given: regressors per slice (model), data moved in time \
      (interpolate), or neither (off). Interpolation mixes 16 volumes: with --censor-above, what \
      spikes in a volume that is left out reaches those that are kept.
      """
  )
  var sliceTiming = Preprocessing.SliceTiming.model

  @Option(
    name: [.customLong("slice-time-ref"), .customLong("slice_time_ref")],
    help: "The reference time as a share of the repetition time."
  )
  var sliceTimeReference = 0.5

  @Option(
    name: [.customLong("dummy-scans"), .customLong("dummy_scans")],
    help: """
      Volumes left out at the start of every run: a number, or auto for those that are brighter \
      than the run.
      """
  )
  var dummyScans = DummyScans.count(0)

  @Flag(help: "Take an image without orientation as stored in RAS+.")
  var assumeRas = false

  @Flag(
    name: [.customLong("write-bold")],
    help: """
      Write every run without head motion, interpolated once, its slices moved in time unless \
      --slice-timing is off.
      """
  )
  var writeBold = false

  /// The treatment in the job's words.
  var preprocessing: Preprocessing {
    var preprocessing = Preprocessing()
    preprocessing.smoothing = smoothing
    preprocessing.sliceTiming = sliceTiming
    preprocessing.sliceTimeReference = sliceTimeReference
    preprocessing.dummyScans = dummyScans
    preprocessing.assumesRAS = assumeRas
    preprocessing.writesBold = writeBold
    return preprocessing
  }

  func validate() throws {
    guard smoothing >= 0, smoothing <= 100 else {
      throw ValidationError("--smoothing must be 0 to 100 mm, not \(smoothing)")
    }
    guard (0...1).contains(sliceTimeReference) else {
      throw ValidationError("--slice-time-ref must be 0 to 1, not \(sliceTimeReference)")
    }
  }
}

/// How the way to the template is found, and the regions that lie there.
struct SpaceOptions: ParsableArguments {
  @Option(
    help: """
      t1w (by way of the T1w), epi (straight), or none (already in template space); t1w where none is \
      named, and none with --derivatives.
      """
  )
  var normalization: Normalization.Method?

  @Option(help: "The template's file; looked up where none is given.")
  var template: String?

  @Option(
    help:
      "The template's space: where its file does not say it, or which of the derivatives' to take."
  )
  var space: SpaceArgument?

  @Option(help: "Threads of the registration; its result depends on them, so they are recorded.")
  var registrationThreads = 2

  @Flag(help: "Use an atlas of another space all the same.")
  var allowSpaceMismatch = false

  @Option(
    name: .customLong("atlas"),
    help: "A built-in name, FILE, or FILE:space=NAME; repeatable."
  )
  var atlases: [String] = []

  @Option(
    name: [.customLong("min-coverage")],
    help: "The smallest covered share of a region that counts in a cohort."
  )
  var minimumCoverage = 0.5

  /// The way to the template in the job's words.
  ///
  /// - Parameter isPrepared: Whether another program has gone it.
  /// - Returns: The way.
  func way(isPrepared: Bool) -> Normalization {
    var way = Normalization()
    way.method = normalization ?? (isPrepared ? Normalization.Method.none : way.method)
    way.template = template
    way.space = space?.name
    way.threads = registrationThreads
    way.allowsSpaceMismatch = allowSpaceMismatch
    return way
  }

  /// The regions in the job's words.
  var regions: Regions {
    var regions = Regions()
    if !atlases.isEmpty { regions.atlases = atlases }
    regions.minimumCoverage = minimumCoverage
    return regions
  }

  func validate() throws {
    if normalization == Normalization.Method.none, template != nil {
      throw ValidationError("--template has no use with --normalization none; name a --space")
    }
    guard registrationThreads > 0 else {
      throw ValidationError("--registration-threads must be 1 or more, not \(registrationThreads)")
    }
    guard (0...1).contains(minimumCoverage) else {
      throw ValidationError("--min-coverage must be 0 to 1, not \(minimumCoverage)")
    }
  }
}

extension Preprocessing.SliceTiming: ExpressibleByArgument {}

extension DummyScans: ExpressibleByArgument {
  /// Reads a number or `auto`.
  public init?(argument: String) { self.init(argument) }

  /// The number, or `auto`.
  public var defaultValueDescription: String {
    self == .automatic ? "auto" : "\(statedCount)"
  }
}

extension Normalization.Method: ExpressibleByArgument {}

extension String {
  /// Returns the text without a prefix it may have.
  func without(prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
