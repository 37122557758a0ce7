public import Files

/// Region tables: rows as text separated by commas, with the columns always in the same order.
public enum RegionTable {
  /// The headings, in order.
  public static let columns = [
    "participant_id", "session", "task", "atlas", "region", "hemisphere", "contrast", "voxels",
    "coverage", "effect", "standard_error", "t", "f", "df_numerator", "df", "z", "p",
    "weight_sum", "run", "run_count", "mean_voxel_effect", "share_fdr05", "peak_z", "peak_x_mm",
    "peak_y_mm", "peak_z_mm",
    "peak_native_x_mm", "peak_native_y_mm", "peak_native_z_mm", "laterality", "side_of", "side",
    "space", "unit", "flags",
  ]

  /// Returns a table's text.
  ///
  /// Numbers are the shortest text that reads back as the same number; what is absent is `n/a`.
  ///
  /// - Parameter rows: The rows.
  /// - Returns: The headings and one line per row.
  public static func text(_ rows: [RegionRow]) -> String {
    let lines = [columns] + rows.map(cells)
    return lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  /// Writes a table, whole or not at all.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - path: The file.
  /// - Throws: `FileError` where it cannot be written.
  public static func write(_ rows: [RegionRow], to path: String) throws(FileError) {
    try writeAtomically(Array(text(rows).utf8), to: path)
  }

  /// Reads a table.
  ///
  /// - Parameter path: The file.
  /// - Returns: Its rows.
  /// - Throws: ``AtlasError`` where the file cannot be read, lacks a column, or a cell is no number.
  public static func read(_ path: String) throws(AtlasError) -> [RegionRow] {
    try rows(Atlas.text(of: path), path: path)
  }

  private static func cells(_ row: RegionRow) -> [String] {
    func cell(_ value: Double?) -> String { value.map(number) ?? "n/a" }
    func position(_ point: SIMD3<Double>?) -> [String] {
      [cell(point?.x), cell(point?.y), cell(point?.z)]
    }
    let names = [
      row.participantID, row.session ?? "n/a", row.task ?? "n/a", row.atlas, row.region,
      row.hemisphere.rawValue, row.contrast,
    ]
    let fit = [
      row.voxels, row.coverage, row.effect, row.standardError, row.t, row.f,
      row.numeratorDegreesOfFreedom, row.degreesOfFreedom, row.z, row.p, row.weightSum,
    ].map(cell)
    let maps = [row.meanVoxelEffect, row.shareFDR05, row.peakZ].map(cell)
    let flags = row.flags.isEmpty ? "n/a" : row.flags.map(\.rawValue).joined(separator: ";")
    let sides = [row.laterality?.rawValue, row.reference?.rawValue, row.referenceSide?.rawValue]
    return names + fit + [row.run ?? "n/a", row.runCount.map(String.init) ?? "n/a"] + maps
      + position(row.peak) + position(row.peakNative) + sides.map { $0 ?? "n/a" }
      + [row.space, row.unit, flags]
  }
}
