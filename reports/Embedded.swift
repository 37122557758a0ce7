/// The texts of the reports, as a person wrote them.
public enum ReportTemplates {
  /// The page of one participant.
  public static var participant: String { text(PackageResources.participant_mustache) }

  /// The page of a cohort.
  public static var cohort: String { text(PackageResources.cohort_mustache) }

  /// A table, which both pages include.
  public static var table: String { text(PackageResources.table_mustache) }

  /// The colours, type and spacing of the pages.
  public static var style: String { text(PackageResources.style_css) }

  /// The data dictionary of the region tables.
  public static var regionsDictionary: String { text(PackageResources.regions_json) }

  /// The data dictionary of the confound tables.
  public static var confoundsDictionary: String { text(PackageResources.confounds_json) }

  /// The data dictionary of the design matrices.
  public static var designDictionary: String { text(PackageResources.design_json) }

  /// The data dictionary of the tables of the runs' quality.
  public static var qualityDictionary: String { text(PackageResources.quality_json) }

  /// The data dictionary of the cohort tables.
  public static var cohortDictionary: String { text(PackageResources.cohort_json) }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
