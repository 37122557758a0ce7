import ArgumentParser

/// The version that is printed, recorded in every result and named in every report.
let nocinetVersion = "0.1.0"

/// The `nocinet` command: a command of its own for each thing a person does with the tool.
@main
struct Nocinet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nocinet",
    abstract: "From NIfTI fMRI runs to pain-network regions and cohort comparisons.",
    discussion: """
      The usual call follows the BIDS App convention:

        nocinet BIDS_DIR OUT participant --participant-label 01 02
        nocinet BIDS_DIR OUT group --compare group:FM-HC
        nocinet check BIDS_DIR

      Exit codes: 0 all done; 1 some participants failed, each is named; 2 nothing could be \
      started, or no participant succeeded; 64 wrong usage; 75 the output folder is in use.
      """,
    version: nocinetVersion,
    subcommands: [Run.self, Check.self, ModelCommand.self, MakeDemo.self, Atlases.self],
    defaultSubcommand: Run.self
  )

  func validate() throws { try InstructionSet.validate() }
}
