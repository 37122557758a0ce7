import Files

/// A cluster table as text separated by commas, one line per peak.
public enum ClusterTableText {
  /// The headings, in order.
  public static let columns = [
    "cluster", "peak", "sign", "voxels", "mm3", "mass", "extent_p_fwe", "mass_p_fwe", "x", "y", "z",
    "peak_z", "peak_statistic", "peak_df", "peak_n", "peak_p_fwe", "peak_p_tfce", "peak_region",
    "regions",
  ]

  /// Returns the table.
  ///
  /// A cluster's own cells stand in the line of its first peak and are `n/a` in those of the others.
  ///
  /// - Parameter rows: The clusters.
  /// - Returns: The headings and one line per peak.
  public static func text(_ rows: [ClusterRow]) -> String {
    let lines = rows.flatMap { row in
      row.peaks.enumerated().map { index, peak in
        ["\(row.label)", "\(index + 1)", row.isNegative ? "-" : "+"]
          + (index == 0 ? own(row) : [String](repeating: "n/a", count: 5)) + cells(peak)
          + [index == 0 ? regions(row) : "n/a"]
      }
    }
    return ([columns] + lines).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func own(_ row: ClusterRow) -> [String] {
    ["\(row.voxels)"] + [row.volume, row.mass, row.extentP, row.massP].map(cell)
  }

  private static func cells(_ peak: PeakRow) -> [String] {
    let place = [peak.position.x, peak.position.y, peak.position.z].map(number)
    return place + [peak.z, peak.statistic, peak.degreesOfFreedom].map(cell) + ["\(peak.count)"]
      + [peak.familyP, peak.enhancedP].map(cell) + [peak.region]
  }

  /// The regions a cluster covers, as in `S2_L 12 %; aMCC 3 %`; shares under half a percent are left
  /// out.
  private static func regions(_ row: ClusterRow) -> String {
    let shares = row.regions.filter { $0.share >= 0.005 }.map {
      "\($0.region) \(Int((100 * $0.share).rounded())) %"
    }
    return shares.isEmpty ? "n/a" : shares.joined(separator: "; ")
  }

  private static func cell(_ value: Double?) -> String {
    guard let value, !value.isNaN else { return "n/a" }
    return number(value)
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
