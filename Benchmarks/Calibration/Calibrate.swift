import ArgumentParser

/// `nocinet-calibrate [GROUP]`: how often the tool finds something where there is nothing.
@main
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nocinet-calibrate",
    abstract: "Simulate data without any effect and count how often the tool finds one.",
    subcommands: [CalibrateRuns.self, CalibrateCohort.self],
    defaultSubcommand: CalibrateRuns.self
  )
}
