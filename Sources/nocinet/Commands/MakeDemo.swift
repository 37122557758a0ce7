import ArgumentParser
import BIDS
import Demo
import Files
import Job

/// `nocinet demo DIR`: a cohort with known truth, made, analysed and compared with what was drawn.
struct MakeDemo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract:
      "Make a small cohort with known truth, analyse it, and say how close the results came."
  )

  @Argument(help: "A folder that does not hold a demo yet.")
  var folder: String

  @Option(help: "Participants in each of the three groups: FM, CRPS and HC.")
  var participants = 6

  @Option(help: "Runs of each participant.")
  var runs = 1

  @Option(name: [.customLong("random-seed"), .customLong("random_seed")], help: "The seed.")
  var seed: UInt64 = 1

  @Flag(help: "Make the cohort without analysing it.")
  var makeOnly = false

  @OptionGroup(title: "This machine")
  var machine: MachineOptions

  func validate() throws {
    guard 2...100 ~= participants else {
      throw ValidationError("--participants must be 2 to 100, not \(participants)")
    }
    guard 1...20 ~= runs else { throw ValidationError("--runs must be 1 to 20, not \(runs)") }
  }

  func run() throws {
    let console = machine.console
    var request = DemoRequest(folder: absolutePath(folder))
    request.participantsPerGroup = participants
    request.runsPerParticipant = runs
    request.seed = seed
    request.threads = machine.threadCount
    try startingOrExit(console) {
      try makeFolder(request.folder)
      console.progress("drawing the cohort")
      try makeDemoCohort(request)
    }
    console.say("dataset: \(folder)/bids, truth: \(folder)/truth")
    if !makeOnly { try analyse(request, console: console) }
  }

  private func analyse(_ request: DemoRequest, console: Console) throws {
    let folders = Folders(dataset: request.datasetFolder, output: request.folder + "/results")
    var job = Job(dataset: folders.dataset, seed: seed)
    job.normalization.method = .none
    job.normalization.space = "MNI152NLin6Asym"
    job.model.modulators = ["heat_high", "heat_low"].map {
      Modulator(column: "pain_rating", condition: $0)
    }
    let batch = try startingOrExit(console) {
      try ParticipantBatch(job: job, folders: folders, machine: machine, console: console)
    }
    try batch.run()
    try startingOrExit(console) {
      let truth = try readTruth(inFolder: request.truthFolder)
      for pair in [("FM", "HC"), ("CRPS", "HC")] {
        let stage = GroupStage(
          folders: folders,
          comparison: Comparison(column: "group", first: pair.0, second: pair.1),
          phenotype: PhenotypeTables(),
          console: console,
          truth: truth
        )
        let page = try stage.run()
        console.say("\(pair.0) against \(pair.1): \(folder)\(page.without(prefix: request.folder))")
      }
    }
  }
}
