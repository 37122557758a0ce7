public import ArgumentParser
public import Cohort

/// Which groups are compared.
struct GroupOptions: ParsableArguments {
  @Option(help: "COLUMN:FIRST-SECOND, such as group:FM-HC; quotes where a level holds a hyphen.")
  var compare: String?

  @Option(help: "Compare this session, with or without ses-; all sessions together where none.")
  var session: String?

  @Option(
    help: """
      The sides of a group of which nobody has one, such as controls: those of the other group, drawn \
      (yoked), or both, averaged (mean).
      """
  )
  var controlSides: CohortLaterality.ControlSides?

  /// Whether nothing is asked.
  var isEmpty: Bool { compare == nil && session == nil && controlSides == nil }

  /// What contra and ipsi refer to.
  ///
  /// - Parameter phenotype: The options on sides.
  /// - Returns: What they refer to; `nil` where nothing is asked.
  func laterality(_ phenotype: PhenotypeOptions) -> CohortLaterality? {
    phenotype.laterality.map { CohortLaterality(reference: $0.reference, controls: controlSides) }
  }
}

extension CohortLaterality.ControlSides: ExpressibleByArgument {}
