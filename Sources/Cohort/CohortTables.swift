public import Atlas
import Files
import Job
import Statistics

/// The tables of a comparison, as text separated by commas with the columns always in the same order.
public enum CohortTables {
  /// What every column of the table of regions holds, in its order.
  public static let regionDictionary = naming + means + tests + frame

  /// What every column of the table of participants holds, in its order.
  public static let participantDictionary: [ColumnDescription] = [
    .init("participant_id", "The participant's label, without sub-."),
    .init("group", "The group the participant was compared in; n/a where in none."),
    .init("left_out", "Why the participant takes no part; n/a where one takes part."),
  ]

  /// Returns one line per region and contrast.
  ///
  /// - Parameter comparison: The comparison.
  /// - Returns: The headings and the lines.
  public static func regions(_ comparison: CohortComparison) -> String {
    text(regionDictionary, comparison.regions.map { cells($0, comparison.comparison.text) })
  }

  /// Returns one line per participant, those who take part first.
  ///
  /// - Parameter comparison: The comparison.
  /// - Returns: The headings and the lines.
  public static func participants(_ comparison: CohortComparison) -> String {
    var lines: [[String]] = []
    for group in [comparison.first, comparison.second] {
      lines += group.participants.map { [$0, group.level, "n/a"] }
    }
    lines += comparison.leftOut.map { [$0.participant, "n/a", $0.reason.description] }
    return text(participantDictionary, lines)
  }

  private static let naming: [ColumnDescription] = [
    .init("comparison", "The compared column and levels: the first group minus the second."),
    .init("task", "The task's label, without task-."),
    .init("contrast", "The contrast's name."),
    .init("atlas", "The atlas' name."),
    .init("region", "The region's name."),
    .init("hemisphere", "L, R, M around the midline; the participants' own left and right."),
  ]

  private static let means: [ColumnDescription] = [
    .init("n", "The number of participants with a value."),
    .init("n_a", "The number of participants of the first group with a value."),
    .init("n_b", "The number of participants of the second group with a value."),
    .init("mean_a", "The mean effect of the first group.", unit: "see unit"),
    .init("mean_b", "The mean effect of the second group.", unit: "see unit"),
    .init("sd_a", "The standard deviation of the first group's effects.", unit: "see unit"),
    .init("sd_b", "The standard deviation of the second group's effects.", unit: "see unit"),
  ]

  private static let tests: [ColumnDescription] = [
    .init("difference", "The first group minus the second.", unit: "see unit"),
    .init("standard_error", "Its standard error, variances not taken as equal.", unit: "see unit"),
    .init("ci_low", "The lower end of its 95 % interval (Welch).", unit: "see unit"),
    .init("ci_high", "The upper end of its 95 % interval (Welch).", unit: "see unit"),
    .init("g", "The difference over the root mean of the two variances, corrected (Hedges)."),
    .init("g_low", "The lower end of its 95 % interval (bias-corrected bootstrap)."),
    .init("g_high", "The upper end of its 95 % interval (bias-corrected bootstrap)."),
    .init("t", "difference / standard_error."),
    .init("df", "The degrees of freedom of t (Welch-Satterthwaite)."),
    .init("p", "The two-sided p of t, for this region alone."),
    .init("q", "Benjamini-Hochberg adjusted p over the atlas' regions for this contrast."),
  ]

  private static let frame: [ColumnDescription] = [
    .init("weight_sum", "The sum of the positive weights of the contrast."),
    .init("space", "The name of the template space."),
    .init("unit", "The unit of means, standard deviations and differences."),
    .init("left_out", "Members of the two groups who take no part in this row, and why."),
    .init("problem", "Why there is no test; n/a where there is one."),
  ]

  private static func cells(_ region: RegionComparison, _ comparison: String) -> [String] {
    func cell(_ value: Double?) -> String { value.map(number) ?? "n/a" }
    let (first, second, test) = (region.first, region.second, region.test)
    let names = [
      comparison, region.task ?? "n/a", region.contrast, region.atlas, region.region,
      region.hemisphere.rawValue, String(first.count + second.count), String(first.count),
      String(second.count),
    ]
    let numbers = [
      first.mean, second.mean, first.standardDeviation, second.standardDeviation,
      test?.effect, test?.standardError, test?.interval.lower, test?.interval.upper,
      test?.hedgesG, test?.hedgesGInterval.lower, test?.hedgesGInterval.upper,
      test?.t, test?.degreesOfFreedom, test?.p, region.q, region.weightSum,
    ].map(cell)
    let leftOut = region.leftOut.map { "\($0.participant): \($0.reason)" }.joined(separator: "; ")
    return names + numbers + [
      region.space, region.unit, leftOut.isEmpty ? "n/a" : leftOut, region.problem ?? "n/a",
    ]
  }

  private static func text(_ columns: [ColumnDescription], _ lines: [[String]]) -> String {
    ([columns.map(\.name)] + lines)
      .map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
