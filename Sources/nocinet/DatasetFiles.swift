import BIDS
import Files
import FoundationEssentials
import Job
import Report

/// Writes the files that make the output folder a BIDS derivative dataset, and the job.
///
/// - Parameters:
///   - job: What was asked, with absolute paths.
///   - dataset: The dataset it is asked of.
///   - output: The output folder, made where it is absent.
/// - Returns: The digest of the job, less the list of who takes part: what every record of the same
///   analysis has in common.
/// - Throws: The reason why a file cannot be written.
func writeDatasetFiles(of job: Job, from dataset: Dataset, to output: String) throws -> String {
  let recorded = job.recorded(in: output)
  let description = DerivativeDescription(
    name: "nocinet results of \(dataset.name)",
    version: nocinetVersion,
    source: recorded.dataset
  )
  try writeAtomically(try description.json, to: output + "/dataset_description.json")
  try writeAtomically(introduction, to: output + "/README")
  let dictionaries = DataDictionary.allCases.map { $0.rawValue + ".json\n" }.joined()
  try writeAtomically(ignoredByValidators + dictionaries, to: output + "/.bidsignore")
  for dictionary in DataDictionary.allCases where dictionary != .cohort {
    try writeAtomically(dictionary.json, to: "\(output)/\(dictionary.rawValue).json")
  }
  try recorded.write(to: output + "/job.json")
  var everyone = recorded
  everyone.selection.participants = []
  return sha256(Array(everyone.json.utf8))
}

/// What a person who opens the folder wants to know first.
private let introduction = """
  Results of nocinet, laid out as a BIDS derivative dataset.

  sub-X.html                        the page of a participant: start here
  sub-X/*_regions.csv               one row per region and contrast; regions.json says what each column is
  sub-X/func/*_statmap.nii.gz       effect, variance, t or F, z and p of every contrast
  sub-X/func/*_design.tsv           the model of each run (design.json)
  sub-X/func/*_timeseries.tsv       the confounds of each run (confounds.json)
  sub-X/*_quality.csv               motion, signal and censoring of each run (quality.json)
  sub-X/sub-X_record.json           what was read and written, with digests: it is there when all is
  cohort_*.html, cohort_*.csv       comparisons of groups (cohort.json)
  job.json                          all that was asked; nocinet run --job job.json repeats it

  Files that BIDS has no names for yet are listed in .bidsignore.

  """

/// What the BIDS validator does not know yet.
private let ignoredByValidators = """
  sub-*.html
  cohort*
  job.json
  *_statmap.*
  *_timeseries.*
  *_design.*
  *_fit.json
  *_peaks.tsv
  *_regions.*
  *_quality.*
  *_record.json
  *_boldref.nii.gz
  **/xfm/
  .sub-*.lock
  .work-sub-*

  """

/// The `dataset_description.json` of a derivative dataset.
private struct DerivativeDescription: Encodable {
  struct Generator: Encodable {
    let name: String
    let version: String

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case version = "Version"
    }
  }

  struct Source: Encodable {
    let url: String

    enum CodingKeys: String, CodingKey { case url = "URL" }
  }

  enum CodingKeys: String, CodingKey {
    case name = "Name"
    case bidsVersion = "BIDSVersion"
    case datasetType = "DatasetType"
    case generatedBy = "GeneratedBy"
    case sourceDatasets = "SourceDatasets"
  }

  let name: String
  let bidsVersion = "1.10.0"
  let datasetType = "derivative"
  let generatedBy: [Generator]
  let sourceDatasets: [Source]

  init(name: String, version: String, source: String) {
    self.name = name
    generatedBy = [Generator(name: "nocinet", version: version)]
    sourceDatasets = [Source(url: source)]
  }

  var json: [UInt8] {
    get throws { Array(try indentedJSON.utf8) }
  }
}
