import Design
import Files

/// A table of peaks with the names of the regions they lie in.
struct PeakTable {
  /// The peaks.
  let peaks: [Peak]

  /// The names of the atlases, in the order of every peak's regions.
  let atlases: [String]

  /// The numerator's degrees of freedom of an F; `nil` for t.
  let numeratorDegreesOfFreedom: Double?

  /// The degrees of freedom of t, or the denominator's of F.
  let degreesOfFreedom: Double

  /// The name of the template's space.
  let space: String

  /// The table as tab-separated text; a table of no peak is its header alone.
  var tsv: String {
    let header =
      ["z", "statistic", "df_numerator", "df", "x_mm", "y_mm", "z_mm"]
      + ["native_x_mm", "native_y_mm", "native_z_mm", "space"]
      + atlases.map { "region_\(fileLabel(of: $0))" }
    let degrees = [numeratorDegreesOfFreedom.map(number) ?? "n/a", number(degreesOfFreedom)]
    let rows = peaks.map { peak in
      [fixed(peak.z, digits: 4), fixed(peak.statistic, digits: 4)] + degrees
        + cells(peak.template) + cells(peak.native) + [space] + peak.regions
    }
    return ([header] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private func cells(_ position: SIMD3<Double>?) -> [String] {
    let place = position ?? SIMD3(repeating: .nan)
    return [place.x, place.y, place.z].map { fixed($0, digits: 2) }
  }
}
