import Files

// The words of each reason; where and which file stand before them.
extension BIDSError.Reason {
  var sentence: String {
    switch self {
    case .unreadable(let error): error.description
    case .syntax(let error): "this is no valid JSON: \(error.problem)"
    case .notAnObject: "a JSON object was expected, { and keys with values"
    case .wrongValue(let key, let expected): "\(key) must be \(expected)"
    case .repetitionTime(let problem): problem.sentence
    case .preprocessed(let problem): problem.sentence
    case .sliceTimingBeyondVolume(let largest, let repetitionTime):
      """
      SliceTiming reaches \(largest) s but a volume lasts \(repetitionTime) s; \
      were milliseconds written, or use --slice-timing off
      """
    case .startTimeOutsideVolume(let time, let repetitionTime):
      """
      StartTime is \(number(time)) s but must lie within a volume, 0 to \(number(repetitionTime)) s; \
      write the time after the start of a volume that its values stand for, or take the key out
      """
    case .unlistable, .noParticipants, .unknown, .noRuns, .severalVersions: datasetSentence
    default: tableSentence
    }
  }

  private var datasetSentence: String {
    switch self {
    case .unlistable(let words): "the folder cannot be listed (\(words)); is the path right?"
    case .noParticipants:
      "there is no sub-* folder here; give the folder of the dataset that holds them"
    case .unknown(let entity, let label, let existing):
      """
      there is no \(entity.rawValue)-\(label); \
      \(existing.isEmpty ? "the dataset names none" : "there is \(listed(existing))")
      """
    case .noRuns(let participant, let existing):
      """
      sub-\(participant) has no functional image of what was asked for; \
      \(existing.isEmpty ? "it has none at all" : "it has \(listed(existing))")
      """
    case .severalVersions(let name, let existing):
      "\(name) exists as \(listed(existing)); say which one by its space"
    default: ""
    }
  }

  private var tableSentence: String {
    switch self {
    case .emptyTable: "the table is empty; a header line with the column names was expected"
    case .spacesForTabs:
      "the columns are separated by spaces; separate them by one tab each"
    case .ragged(_, let cells, let columns):
      "the row has \(cells) cells but the header names \(columns) columns; fill gaps with n/a"
    case .openQuote: "a cell starts with a quote that is never closed"
    case .missingColumn(let column, let existing):
      "there is no column \(column); there is \(listed(existing))"
    case .badCell(_, let column, let text, let expected):
      "\(column) is \"\(text)\" where \(expected) was expected"
    case .phenotypeConflict(let participant, let column, let text, _, let other):
      """
      \(column) of sub-\(participant) is "\(text)" but \(other); correct one of them, or rename \
      the column where they mean different things
      """
    case .noIDColumn(let candidates, let columns):
      candidates.isEmpty
        ? "no column holds the participants' labels; name it with --phenotype-id, of \(listed(columns))"
        : "\(listed(candidates)) could each hold the participants' labels; name one with --phenotype-id"
    case .duplicateParticipant(let label, let lines):
      """
      sub-\(label) stands on lines \(lines.map(String.init).joined(separator: ", ")); \
      keep one row for each participant
      """
    default: ""
    }
  }

  /// The first of a list's entries, and how many more there are.
  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(20).joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
