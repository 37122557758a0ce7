import ArgumentParser

/// Which groups are compared.
struct GroupOptions: ParsableArguments {
  @Option(help: "COLUMN:FIRST-SECOND, such as group:FM-HC; quotes where a level holds a hyphen.")
  var compare: String?

  @Option(help: "A CSV or TSV with participant_id and the column; participants.tsv where none.")
  var phenotype: String?

  @Option(help: "Compare this session, with or without ses-; all sessions together where none.")
  var session: String?
}
