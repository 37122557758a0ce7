import Atlas
import Files
import Job
import Statistics

/// The tables of a comparison, as text separated by commas with the columns always in the same order.
public enum CohortTables {
  /// The headings of the table of regions, in order.
  public static let regionColumns = [
    "comparison", "task", "contrast", "atlas", "region", "hemisphere", "laterality",
    "side_of", "n", "n_a", "n_b", "mean_a",
    "mean_b", "sd_a", "sd_b", "difference", "standard_error", "ci_low", "ci_high", "g", "g_low",
    "g_high", "t", "df", "p", "q", "weight_sum", "space", "unit", "left_out", "problem",
  ]

  /// The headings of the table of participants, in order.
  public static let participantColumns = [
    "participant_id", "group", "side", "side_source", "left_out",
  ]

  /// Returns one line per region and contrast.
  ///
  /// - Parameter comparison: The comparison.
  /// - Returns: The headings and the lines.
  public static func regions(_ comparison: CohortComparison) -> String {
    text(regionColumns, comparison.regions.map { cells($0, comparison.comparison.text) })
  }

  /// Returns one line per participant, those who take part first.
  ///
  /// - Parameter comparison: The comparison.
  /// - Returns: The headings and the lines.
  public static func participants(_ comparison: CohortComparison) -> String {
    var lines: [[String]] = []
    for group in [comparison.first, comparison.second] {
      lines += group.participants.map { label in
        let side = comparison.sides.first { $0.participant == label }
        return [
          "sub-\(label)", group.level, side?.side?.rawValue ?? "n/a", side?.source.words ?? "n/a",
          "n/a",
        ]
      }
    }
    lines += comparison.leftOut.map {
      ["sub-\($0.participant)", "n/a", "n/a", "n/a", $0.reason.description]
    }
    return text(participantColumns, lines)
  }

  private static func cells(_ region: RegionComparison, _ comparison: String) -> [String] {
    func cell(_ value: Double?) -> String { value.map(number) ?? "n/a" }
    let (first, second, test) = (region.first, region.second, region.test)
    let names = [
      comparison, region.task ?? "n/a", region.contrast, region.atlas, region.region,
      region.hemisphere.rawValue, region.laterality?.rawValue ?? "n/a",
      region.reference?.rawValue ?? "n/a", String(first.count + second.count), String(first.count),
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

  private static func text(_ columns: [String], _ lines: [[String]]) -> String {
    ([columns] + lines)
      .map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}

extension MemberSide.Source {
  /// The source in a few words.
  fileprivate var words: String {
    switch self {
    case .stated: "stated"
    case .yoked(let other): "yoked to sub-\(other)"
    case .mean: "mean of both sides"
    }
  }
}
