import ArgumentParser
import BIDS
import Files
import FoundationEssentials
import Job

/// `nocinet BIDS_DIR OUT participant|group`: from a dataset to its participants' or its cohort's
/// results.
struct Run: ParsableCommand {
  /// What is analysed.
  enum Level: String, CaseIterable, ExpressibleByArgument {
    case participant, group
  }

  static let configuration = CommandConfiguration(
    abstract: "Analyse participants, or compare groups of them (the default command)."
  )

  @Argument(help: "The BIDS dataset.")
  var dataset: String?

  @Argument(help: "The folder for the results.")
  var output: String?

  @Argument(help: "participant or group.")
  var level: Level?

  @Option(help: "Repeat a recorded job, OUT/job.json, in its own folder.")
  var job: String?

  @Option(
    name: [.customLong("random-seed"), .customLong("random_seed")],
    help: "The seed of every random number."
  )
  var seed: UInt64 = 1

  @OptionGroup(title: "Which runs")
  var selection: SelectionOptions

  @OptionGroup(title: "Data that were prepared before")
  var prepared: DerivativesOptions

  @OptionGroup(title: "Participants and sides")
  var phenotype: PhenotypeOptions

  @OptionGroup(title: "Motion, slices and time")
  var preprocessing: PreprocessingOptions

  @OptionGroup(title: "Template and regions")
  var space: SpaceOptions

  @OptionGroup(title: "Model")
  var model: ModelOptions

  @OptionGroup(title: "Model from a file")
  var statsModel: StatsModelOptions

  @OptionGroup(title: "Group level")
  var group: GroupOptions

  @OptionGroup(title: "This machine")
  var machine: MachineOptions

  func validate() throws {
    if job == nil, dataset == nil || output == nil || level == nil {
      throw ValidationError("BIDS_DIR, OUT and the level, participant or group, are needed")
    }
    if job != nil, dataset != nil {
      throw ValidationError("--job names the dataset and the output folder itself")
    }
    if job != nil,
      level != nil || statsModel.file != nil || !asksForDefaults || !group.isEmpty
        || !phenotype.isEmpty
    {
      throw ValidationError(
        "--job repeats a recorded job as it is; leave the other options of the analysis out"
      )
    }
    try validatePreparation()
    if level == .group, !asksForDefaults {
      throw ValidationError(
        "the group level takes the participants' results as they are; only --compare, --session, "
          + "--phenotype, --laterality, --control-sides and the options of this machine have a meaning there"
      )
    }
    if level == .participant, !group.isEmpty {
      throw ValidationError("--compare, --session and --control-sides belong to the group level")
    }
    if group.controlSides != nil, phenotype.laterality == nil {
      throw ValidationError("--control-sides has a meaning with --laterality alone")
    }
    try validateModelFile()
  }

  /// Refuses options that say again what the file of a model says, and a group level without a question.
  private func validateModelFile() throws {
    if statsModel.file != nil, !leavesModelOpen {
      throw ValidationError(
        "--model says conditions, modulators, responses, drift, confounds and contrasts itself; of the "
          + "options of the model only --noise, --censor-above and --onset-offset go with it"
      )
    }
    if level == .group, group.compare != nil, statsModel.file != nil {
      throw ValidationError("--compare and --model both say what is compared; leave one out")
    }
    if level == .group, group.compare == nil, statsModel.file == nil, recordedModel == nil {
      throw ValidationError(
        "the group level needs --compare, such as --compare group:FM-HC, or --model with a Dataset node"
      )
    }
  }

  /// Refuses what has no meaning with prepared runs, or without them.
  private func validatePreparation() throws {
    guard prepared.derivatives == nil else {
      let isOther = space.normalization.map { $0 != Normalization.Method.none } ?? false
      guard !isOther, space.template == nil else {
        throw ValidationError(
          "--derivatives lie in their template already; leave --normalization and --template out"
        )
      }
      return
    }
    if space.space?.resolution != nil {
      throw ValidationError("--space takes a resolution with --derivatives alone")
    }
    if model.confounds.confounds.needsTissues {
      throw ValidationError(
        "--confounds \(model.confounds.confounds.word ?? "") needs the signals of tissues, which "
          + "--derivatives bring; take 24p for raw runs"
      )
    }
  }

  func run() throws {
    let console = machine.console
    switch level ?? .participant {
    case .participant:
      let batch = try startingOrExit(console) {
        let (asked, folders) = try whatWasAsked()
        return try ParticipantBatch(
          job: asked,
          folders: folders,
          machine: machine,
          console: console
        )
      }
      try batch.run()
    case .group:
      try startingOrExit(console) {
        let asked = try GroupQuestions(
          compare: group.compare,
          file: statsModel.file,
          recorded: recordedModel
        )
        for comparison in asked.comparisons {
          var stage = GroupStage(
            folders: folders,
            comparison: comparison,
            phenotype: phenotype.tables,
            laterality: group.laterality(phenotype),
            session: group.session?.without(prefix: "ses-"),
            console: console
          )
          stage.contrasts = asked.contrasts
          console.say(try stage.run())
        }
      }
    }
  }

  /// The dataset and the output folder as they were given.
  private var folders: Folders {
    Folders(dataset: absolutePath(dataset ?? "."), output: absolutePath(output ?? "."))
  }

  /// Whether no option changes what a job holds, but for those on participants and sides.
  private var asksForDefaults: Bool {
    guard var job = try? asked(of: "") else { return false }
    (job.phenotype, job.laterality) = (PhenotypeTables(), .stated)
    return job == Job(dataset: "")
  }

  /// The Stats Model with a dataset node that the participants' results were made by, if they were.
  private var recordedModel: StatsModel? {
    guard let job = try? Job(path: folders.output + "/job.json"),
      let model = job.model.statsModel, model.datasetNode != nil
    else { return nil }
    return model
  }

  /// Whether no option says what the file of a model says.
  private var leavesModelOpen: Bool {
    guard let model = try? model.model else { return false }
    var usual = Model()
    usual.noise = model.noise
    usual.onsetOffset = model.onsetOffset
    usual.censoringThreshold = model.censoringThreshold
    return model == usual
  }

  /// Resolves the flags.
  private func asked(of dataset: String) throws -> Job {
    Job(
      dataset: dataset,
      derivatives: prepared.derivatives.map { $0.derivatives(in: space.space) },
      selection: selection.selection,
      phenotype: phenotype.tables,
      laterality: phenotype.choice,
      preprocessing: preprocessing.preprocessing,
      normalization: space.way(isPrepared: prepared.derivatives != nil),
      model: try model.model,
      regions: space.regions,
      seed: seed
    )
  }

  /// Resolves the flags, or reads the recorded job, and finds the folders.
  private func whatWasAsked() throws -> (job: Job, folders: Folders) {
    if let recorded = job {
      let path = absolutePath(recorded)
      let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
      let asked = try Job(path: path).resolved(in: folder)
      return (asked, Folders(dataset: asked.dataset, output: folder))
    }
    return (try statsModel.applied(to: asked(of: folders.dataset)), folders)
  }
}
