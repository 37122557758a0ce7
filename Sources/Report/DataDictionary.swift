import ReportTemplates

/// What the columns of each kind of table mean, as JSON a person and a BIDS reader understand.
public enum DataDictionary: String, CaseIterable, Sendable {
  /// Region tables: one row per region and contrast.
  case regions

  /// Confound tables: one row per volume.
  case confounds

  /// Design matrices: one row per volume.
  case design

  /// Tables of the runs' quality: one row per run.
  case quality

  /// Cohort tables: one row per region and comparison.
  case cohort

  /// The dictionary: by column name a `Description` and, where there is one, `Units`.
  public var json: String {
    switch self {
    case .regions: ReportTemplates.regionsDictionary
    case .confounds: ReportTemplates.confoundsDictionary
    case .design: ReportTemplates.designDictionary
    case .quality: ReportTemplates.qualityDictionary
    case .cohort: ReportTemplates.cohortDictionary
    }
  }
}
