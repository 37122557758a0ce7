import BIDS
import Imaging
import Realignment

/// What is known of a run that is not of interest: its table of confounds, and what stands out.
struct RunConfounds {
  /// The table.
  let table: ConfoundsTable

  /// What a reader must know.
  let warnings: [String]

  /// Takes the table that another program made of a run.
  ///
  /// - Parameter table: The table.
  init(table: ConfoundsTable) { (self.table, warnings) = (table, []) }

  /// Forms the table of a run.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - series: Its unsmoothed series.
  ///   - tissues: The voxels whose signal is noise.
  ///   - kept: The volumes that are analysed.
  ///   - threads: The number of threads.
  init(
    of prepared: PreparedRun,
    series: MaskedSeries,
    tissues: NoiseTissues,
    kept: [Int],
    threads: Int
  ) {
    let count = series.volumeCount
    // Censoring asks for less than this, and must not change what is measured.
    let usual = (0..<count).filter { $0 >= prepared.dummyScans && prepared.motion.converged[$0] }
    let base = prepared.motionTable.appending(
      signalQuality(of: series, usual: usual, threads: threads)
    )
    let early = nonSteadyVolumeCount(base["global_signal"] ?? [])
    let sources = [("c_comp_cor_", tissues.fluid), ("w_comp_cor_", tissues.whiteMatter)]
    let components = sources.map { prefix, places in
      componentColumns(
        of: series,
        in: places,
        kept: kept,
        repetitionTime: prepared.repetitionTime,
        named: prefix,
        threads: threads
      )
    }
    let means = [("csf", tissues.fluid), ("white_matter", tissues.whiteMatter)].map {
      name,
      places in
      meanColumn(of: series, in: places, named: name)
    }
    table = (means + components).reduce(base) { $0.appending($1) }
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
