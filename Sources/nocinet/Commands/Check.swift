import ArgumentParser
import BIDS
import Files
import Job
import Survey

/// `nocinet check BIDS_DIR`: from a dataset to what an analysis of it would do, and what is in its way.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Say what an analysis would do with a dataset and what is in its way, without doing it.",
    discussion: """
      Names, sidecars, events and the headers of images are read; nothing is written. Give the options \
      of the analysis to check it as asked.

      Exit codes: 0 nothing is in the way; 1 something is; 2 the dataset or an option cannot be used; \
      64 wrong usage. Images that a whole dataset lacks are not in the way.
      """
  )

  @Argument(help: "The BIDS dataset.")
  var dataset: String

  @Flag(help: "Print everything that was found as JSON.")
  var json = false

  @OptionGroup(title: "Which runs")
  var selection: SelectionOptions

  @OptionGroup(title: "Motion, slices and time")
  var preprocessing: PreprocessingOptions

  @OptionGroup(title: "Template and regions")
  var space: SpaceOptions

  @OptionGroup(title: "Prepared runs")
  var prepared: DerivativesOptions

  @OptionGroup(title: "Model")
  var model: ModelOptions

  @OptionGroup(title: "This machine")
  var machine: MachineOptions

  func run() throws {
    let console = machine.console
    let survey = try startingOrExit(console) {
      let job = try asked
      return try Survey.survey(
        try Dataset(root: dataset),
        preprocessed: try job.derivatives.map { try PreprocessedDataset(folder: $0.folder) },
        job: job,
        threads: machine.threadCount
      )
    }
    if json {
      print(try survey.indentedJSON, terminator: "")
    } else {
      for line in survey.lines(namingRuns: machine.verbose) { console.say(line) }
    }
    if survey.hasBlocker { throw ExitCode.blocked }
  }

  /// What the options ask of an analysis.
  private var asked: Job {
    get throws {
      Job(
        dataset: dataset,
        derivatives: prepared.derivatives.map { $0.derivatives(in: space.space) },
        selection: selection.selection,
        preprocessing: preprocessing.preprocessing,
        normalization: space.way(isPrepared: prepared.derivatives != nil),
        model: try model.model,
        regions: space.regions
      )
    }
  }
}
