import ArgumentParser

/// The `nocinet` command.
@main
struct Nocinet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nocinet",
    abstract: "From NIfTI fMRI runs to pain-network regions and cohort comparisons.",
    version: "0.1.0"
  )
}
