import ArgumentParser
import Atlas
import Job

/// What is known of the participants, and which side of the body regions are named by.
struct PhenotypeOptions: ParsableArguments {
  @Option(
    name: .customLong("phenotype"),
    help: """
      A CSV or TSV of a row per participant, joined with participants.tsv; repeatable. What two tables \
      state differently is refused.
      """
  )
  var files: [String] = []

  @Option(
    name: .customLong("phenotype-id"),
    help: "The column of the participants' labels, with or without sub-; found where none is named."
  )
  var idColumn: String?

  @Option(
    help: """
      Name paired regions contra and ipsi to the stimulated side (stimulus; column stimulated_side of \
      events or participants) or to the affected one (affected; column affected_side). Where nothing is \
      asked, to the stimulated side of those of whom one is stated.
      """
  )
  var laterality: LateralityArgument?

  /// The tables in the job's words.
  var tables: PhenotypeTables {
    var tables = PhenotypeTables()
    tables.files = files.map { absolutePath($0) }
    tables.idColumn = idColumn
    return tables
  }

  /// What contra and ipsi refer to, in the job's words.
  var choice: LateralityChoice {
    switch laterality?.reference {
    case .stimulus: .stimulus
    case .affected: .affected
    case nil: .stated
    }
  }

  /// Whether nothing is asked.
  var isEmpty: Bool { files.isEmpty && idColumn == nil && laterality == nil }

  func validate() throws {
    if idColumn != nil, files.isEmpty {
      throw ValidationError("--phenotype-id names a column of the tables given by --phenotype")
    }
  }
}

/// What contra and ipsi refer to, as an argument.
enum LateralityArgument: String, CaseIterable, ExpressibleByArgument {
  case stimulus, affected

  /// The same in the words of tables.
  var reference: SideReference {
    switch self {
    case .stimulus: .stimulus
    case .affected: .affected
    }
  }
}
