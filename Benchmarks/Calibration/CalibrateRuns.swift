import ArgumentParser
import Files
import FoundationEssentials
import Glibc

/// `nocinet-calibrate runs`: false positives of the fit of one run, for every noise model.
struct CalibrateRuns: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "False positives of one run's voxels and regions, for every noise model."
  )

  @Option(
    help: ArgumentHelp(
      "Independent series of every cell in which each voxel is one; a tenth of it elsewhere.",
      valueName: "count"
    )
  )
  var series = 200_000

  @Option(help: ArgumentHelp("Write the rows as JSON, too.", valueName: "file"))
  var json: String?

  @Option(help: "Simulate only this setting: \(CalibrationSetting.words).")
  var only: [String] = []

  @Option(help: "The number of threads, on which no figure depends.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard series > 0 else { throw ValidationError("--series must be above 0, not \(series)") }
    guard threads > 0 else { throw ValidationError("--threads must be above 0, not \(threads)") }
    for word in only where !CalibrationSetting.all.contains(where: { $0.name == word }) {
      throw ValidationError("there is no setting \(word)")
    }
  }

  func run() throws {
    print("# rates of p < .05, .01, .001 with their Monte-Carlo errors; ! leaves its band")
    var rows: [CalibrationRow] = []
    for setting in CalibrationSetting.all where only.isEmpty || only.contains(setting.name) {
      for acquisition in Acquisition.all {
        let clock = ContinuousClock.now
        let wanted = setting.isCheap ? series : max(1, series / 10)
        let tally = try simulate(setting, acquisition, series: wanted, threads: threads)
        let measured = tally.rows(setting, acquisition)
        let seconds = Int(((ContinuousClock.now - clock) / .seconds(1)).rounded())
        print("\n# \(setting.note), \(acquisition.note), \(tally.count) series, \(seconds) s")
        for line in table(measured) { print(line) }
        // A file shows it now, too.
        fflush(nil)
        rows += measured
      }
    }
    print("")
    for line in verdict(rows) { print(line) }
    guard let json else { return }
    try writeAtomically(try rows.indentedJSON, to: json)
  }
}
