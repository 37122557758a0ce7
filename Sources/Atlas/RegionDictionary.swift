/// What one column of a table holds.
public struct ColumnDescription: Equatable, Sendable {
  /// Its heading.
  public let name: String

  /// What it holds, in a sentence.
  public let description: String

  /// Its unit; `nil` where it has none.
  public let unit: String?

  /// Describes a column.
  ///
  /// - Parameters:
  ///   - name: Its heading.
  ///   - description: What it holds, in a sentence.
  ///   - unit: Its unit; `nil` where it has none.
  public init(_ name: String, _ description: String, unit: String? = nil) {
    self.name = name
    self.description = description
    self.unit = unit
  }
}

extension RegionTable {
  /// What every column holds, in the table's order.
  public static let dictionary = naming + fit + maps + frame

  private static let naming: [ColumnDescription] = [
    .init("participant_id", "The participant's label, without sub-."),
    .init("session", "The session's label, without ses-; n/a where there is none."),
    .init("task", "The task's label, without task-."),
    .init("atlas", "The atlas' name."),
    .init("region", "The region's name in the atlas."),
    .init(
      "hemisphere",
      "The person's left (L), right (R), around the midline (M), or not stated (n/a)."
    ),
    .init("contrast", "The contrast's name."),
  ]

  private static let fit: [ColumnDescription] = [
    .init(
      "voxels",
      "The sum of the shares by which native voxels belong to the region; under 2 is flagged.",
      unit: "voxels"
    ),
    .init(
      "coverage",
      "The share of the region's volume in the template that lies inside the analysed brain, "
        + "0 to 1."
    ),
    .init(
      "effect",
      "The effect in one fit of the region's mean, unsmoothed percent series.",
      unit: "see unit"
    ),
    .init("standard_error", "The standard error of effect.", unit: "see unit"),
    .init("t", "effect / standard_error."),
    .init("df", "The degrees of freedom of t."),
    .init("z", "The standard normal value with the sign and the two-sided p of t."),
    .init("p", "The two-sided p of t, for this region alone: not corrected for many regions."),
    .init(
      "weight_sum",
      "The sum of the contrast's positive weights; where it is not 1 the effect is a sum, not a "
        + "mean."
    ),
    .init("run", "The run's label, without run-; n/a where runs are combined by fixed effects."),
  ]

  private static let maps: [ColumnDescription] = [
    .init(
      "mean_voxel_effect",
      "The mean of the effects of the region's voxels in the smoothed voxel fit, weighted by their "
        + "shares.",
      unit: "see unit"
    ),
    .init(
      "share_fdr05",
      "The share of the region's voxels whose z passes FDR 5 % over the whole analysis mask, 0 to "
        + "1; grows with n and depends on region size, not an effect size."
    ),
    .init(
      "peak_z",
      "The z farthest from 0 among the region's voxels in the smoothed voxel fit, with its sign; "
        + "grows with region size and n, not an effect size."
    ),
    .init("peak_x_mm", "The peak's x in the template space, left is negative.", unit: "mm"),
    .init("peak_y_mm", "The peak's y in the template space, back is negative.", unit: "mm"),
    .init("peak_z_mm", "The peak's z in the template space, down is negative.", unit: "mm"),
    .init("peak_native_x_mm", "The peak's x in scanner space, left is negative.", unit: "mm"),
    .init("peak_native_y_mm", "The peak's y in scanner space, back is negative.", unit: "mm"),
    .init("peak_native_z_mm", "The peak's z in scanner space, down is negative.", unit: "mm"),
  ]

  private static let frame: [ColumnDescription] = [
    .init("space", "The template space of the atlas' coordinates and of peak_x_mm and so on."),
    .init("unit", "The unit of effect, standard_error and mean_voxel_effect."),
    .init(
      "flags",
      "What to know of the row, separated by semicolons: empty (no voxel of the region is in the "
        + "analysed brain), under_2_voxels, low_coverage; n/a where there is nothing."
    ),
  ]
}
