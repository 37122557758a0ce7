import Files
import Participant
import Provenance

/// Returns the quality of the runs of some participants in one table.
///
/// - Parameters:
///   - records: Their completion records.
///   - output: The output folder.
/// - Returns: The table's text.
/// - Throws: `FileError` where a table that a record names cannot be read.
func qualityTable(of records: [CompletionRecord], in output: String) throws(FileError) -> String {
  var tables: [String] = []
  for file in records.flatMap(\.outputs) where file.path.hasSuffix("_quality.csv") {
    tables.append(try readText("\(output)/\(file.path)"))
  }
  return QualityTable.stacked(tables)
}

/// Writes the quality of the runs of all participants that are complete, where there are several.
///
/// - Parameter output: The output folder.
/// - Throws: The error of a record, a table or the file.
func writeCohortQuality(in output: String) throws {
  let records = try completionRecords(in: output)
  guard records.count > 1 else { return }
  try writeAtomically(
    try qualityTable(of: records, in: output),
    to: output + "/cohort_quality.csv"
  )
}
