import Design
import Files

/// A table of peaks with the names of the regions they lie in.
struct PeakTable {
  /// The peaks.
  let peaks: [Peak]

  /// The names of the atlases, in the order of every peak's regions.
  let atlases: [String]

  /// The degrees of freedom of the statistic.
  let degreesOfFreedom: Double

  /// The name of the template's space.
  let space: String

  /// The table as tab-separated text; a table of no peak is its header alone.
  var tsv: String {
    let header =
      ["z", "statistic", "df", "x_mm", "y_mm", "z_mm", "native_x_mm", "native_y_mm", "native_z_mm"]
      + ["space"] + atlases.map { "region_\(fileLabel(of: $0))" }
    let rows = peaks.map { peak in
      let template = peak.template.map { position in [position.x, position.y, position.z] }
      return [fixed(peak.z, digits: 4), fixed(peak.statistic, digits: 4), number(degreesOfFreedom)]
        + (template ?? [.nan, .nan, .nan]).map { fixed($0, digits: 2) }
        + [peak.native.x, peak.native.y, peak.native.z].map { fixed($0, digits: 2) }
        + [space] + peak.regions
    }
    return ([header] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
  }
}
