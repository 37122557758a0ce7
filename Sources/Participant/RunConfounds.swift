import BIDS
import Imaging
import Realignment

/// What is known of a run that is not of interest: its table of confounds, and what stands out.
struct RunConfounds {
  /// The table.
  let table: ConfoundsTable

  /// What a reader must know.
  let warnings: [String]

  /// Where the components of noise come from, in words.
  static let componentSource =
    "the brightest 3 % of the voxels at least 15 mm inside the brain mask of the mean image; no tissue "
    + "map was used"

  /// Takes the table that another program made of a run.
  ///
  /// - Parameter table: The table.
  init(table: ConfoundsTable) { (self.table, warnings) = (table, []) }

  /// Forms the table of a run.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - series: Its unsmoothed series.
  ///   - reference: The session's reference, on the series' grid.
  ///   - kept: The volumes that are analysed.
  ///   - threads: The number of threads.
  init(
    of prepared: PreparedRun,
    series: MaskedSeries,
    reference: Volume,
    kept: [Int],
    threads: Int
  ) {
    let count = series.volumeCount
    let base = prepared.motionTable.appending(signalQuality(of: series, threads: threads))
    let early = nonSteadyVolumeCount(base["global_signal"] ?? [])
    let components = componentColumns(
      of: series,
      in: brightDeepPlaces(reference, in: series.mask),
      kept: kept,
      repetitionTime: prepared.repetitionTime,
      named: "c_comp_cor_"
    )
    table = base.appending(components)
      .appending(indicatorColumns(motionOutliers(in: base), named: "motion_outlier_", of: count))
      .appending(
        indicatorColumns(Array(0..<early), named: "non_steady_state_outlier_", of: count)
      )
    let left = early > prepared.dummyScans
    warnings =
      left
      ? [
        "\(prepared.run.entities.name): the first \(early) volumes are brighter than the run, as before a "
          + "steady state; --dummy-scans \(early) leaves them out"
      ] : []
  }
}
