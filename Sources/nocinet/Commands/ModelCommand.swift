import ArgumentParser
import BIDS
import Files
import Job
import Participant
import Report

/// `nocinet model`: what a file of a model says.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Look at the file of a model.",
    subcommands: [CheckModel.self]
  )
}

/// `nocinet model check FILE`: from a Stats Model to its meaning in words, and to the designs that it
/// makes of a dataset.
struct CheckModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say in words what a BIDS Stats Model asks, and try it on a dataset's events.",
    discussion: """
      Without a dataset the file alone is read. With one, the design of every run is made from its \
      events, before motion is known, so without confounds; where images are absent, runs are taken to \
      end 16 s after their last event.

      Exit codes: 0 all is well; 1 the model does not fit a run; 2 the model or the dataset cannot be \
      used; 64 wrong usage.
      """
  )

  @Argument(help: "The model, x_smdl.json.")
  var file: String

  @Option(help: "A BIDS dataset to try it on.")
  var dataset: String?

  @Option(help: "Write a picture of the first run's design here, as a page (.html).")
  var picture: String?

  @Option(help: "Write the design of every run into this folder, as tables (.tsv).")
  var designs: String?

  @OptionGroup(title: "Which runs")
  var selection: SelectionOptions

  @OptionGroup(title: "Motion, slices and time")
  var preprocessing: PreprocessingOptions

  @Option(
    parsing: .unconditional,
    help: "What is taken off every onset: auto, SECONDS or FILE; see the option of nocinet run."
  )
  var onsetOffset: String?

  func validate() throws {
    if dataset == nil, picture != nil || designs != nil {
      throw ValidationError(
        "--picture and --designs need a --dataset, whose events make the design"
      )
    }
  }

  func run() throws {
    let console = Console(verbosity: .usual)
    let (job, statsModel) = try startingOrExit(console) {
      let statsModel = try StatsModel(path: file)
      var job = Job(
        dataset: dataset ?? "",
        selection: selection.selection,
        preprocessing: preprocessing.preprocessing
      )
      job.model.onsetOffset = try onsetOffset.map(OnsetOffset.init(text:)) ?? .none
      return (try job.following(statsModel, file: file), statsModel)
    }
    for line in statsModel.account(of: job.model) { console.say(line) }
    guard let dataset else { return }
    let (opened, participants) = try startingOrExit(console) {
      let opened = try Dataset(root: dataset)
      return (opened, try opened.participants(job.selection.participants))
    }
    var trial = ModelTrial(console: console, picture: picture, designs: designs)
    for participant in participants {
      do {
        try trial.add(try previewModel(job, of: participant, in: opened))
      } catch {
        trial.refuse(participant, "\(error)")
      }
    }
    try trial.finish()
  }
}
