import Atlas
import BIDS
import Files
import GLM
import Glibc
import Imaging
import Realignment

/// How good a run is, in a few numbers that can be compared over a cohort.
public struct RunQuality: Equatable, Sendable {
  /// The participant, as in `sub-01`; the session, task and run, without their prefixes.
  public var participantID, session, task, run: String

  /// The number of volumes, of those that were analysed, of those left out at the start, and of those
  /// whose position was not found.
  public var volumes, keptVolumes, dummyScans, unfoundVolumes: Int

  /// The median over the brain of the temporal signal-to-noise ratio, unsmoothed.
  public var medianSignalToNoise: Double

  /// The mean and the largest framewise displacement, in mm, from the second volume after the dummy
  /// scans on.
  public var meanDisplacement, largestDisplacement: Double

  /// The mean standardised DVARS over the same volumes.
  public var meanStandardizedChange: Double

  /// The share of those volumes that moved or changed more than is usual.
  public var outlierShare: Double

  /// The smoothness of the residuals: the geometric mean of the widths along the axes, in mm.
  public var residualFWHM: Double

  /// The volume of the brain mask, in ml.
  public var brainVolume: Double

  /// The share of the session's whole brain, before anything was cut off, that every analysed volume of
  /// the run holds; of a run that another program prepared, that of the mask.
  public var inViewShare: Double

  /// The mean coverage of the regions of all atlases.
  public var meanCoverage: Double

  /// The number of regions less than half of which is covered.
  public var hiddenRegions: Int
}

extension RunResult {
  /// Returns how good the run is.
  ///
  /// - Parameter session: The session it belongs to.
  /// - Returns: The numbers.
  public func quality(in session: SessionResult) -> RunQuality {
    let volumes = Array(0..<motion.poses.count).dropFirst(dummyScans + 1)
    func values(_ name: String) -> [Double] {
      let column = confounds[name] ?? []
      return volumes.filter { $0 < column.count }.map { column[$0] }
    }
    let displacement = values("framewise_displacement")
    let outliers = Set(motionOutliers(in: confounds))
    let weights = session.atlases.flatMap(\.weights).map(\.coverage).filter(\.isFinite)
    let widths = fit.residualFWHM
    return RunQuality(
      participantID: "sub-\(session.participant)",
      session: session.session ?? "n/a",
      task: run.entities.task ?? "n/a",
      run: run.entities.run ?? "n/a",
      volumes: motion.poses.count,
      keptVolumes: keptVolumes.count,
      dummyScans: dummyScans,
      unfoundVolumes: motion.converged.count { !$0 },
      medianSignalToNoise: medianSignalToNoise,
      meanDisplacement: mean(displacement),
      largestDisplacement: displacement.max() ?? .nan,
      meanStandardizedChange: mean(values("std_dvars")),
      outlierShare: mean(volumes.map { outliers.contains($0) ? 1 : 0 }),
      residualFWHM: cbrt(widths.x * widths.y * widths.z),
      brainVolume: session.mask.volume / 1000,
      inViewShare: inViewShare,
      meanCoverage: mean(weights),
      hiddenRegions: weights.count { $0 < 0.5 }
    )
  }
}

private func mean(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
}

/// Tables of the quality of runs: rows as text separated by commas, the columns always in the same
/// order.
public enum QualityTable {
  /// The headings, in order.
  public static let columns = [
    "participant_id", "session", "task", "run", "volumes", "kept_volumes", "dummy_scans",
    "unfound_volumes", "median_tsnr", "mean_fd_mm", "max_fd_mm", "mean_std_dvars", "outlier_share",
    "residual_fwhm_mm", "brain_ml", "in_view_share", "mean_region_coverage", "hidden_regions",
  ]

  /// Returns a table's text.
  ///
  /// - Parameter runs: The runs.
  /// - Returns: The headings and one line per run; what is not known is `n/a`.
  public static func text(_ runs: [RunQuality]) -> String {
    ([columns] + runs.map(cells)).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// Returns one table of the rows of several.
  ///
  /// - Parameter texts: Tables with the same headings; others are passed over.
  /// - Returns: The headings once, and all rows in the given order.
  public static func stacked(_ texts: [String]) -> String {
    let heading = columns.joined(separator: ",")
    let rows = texts.flatMap { text -> [Substring] in
      let lines = text.split(separator: "\n")
      return lines.first.map { $0 == heading } ?? false ? Array(lines.dropFirst()) : []
    }
    return ([heading[...]] + rows).map { $0 + "\n" }.joined()
  }

  private static func cells(_ run: RunQuality) -> [String] {
    let counts = [run.volumes, run.keptVolumes, run.dummyScans, run.unfoundVolumes]
    let numbers = [
      run.medianSignalToNoise, run.meanDisplacement, run.largestDisplacement,
      run.meanStandardizedChange, run.outlierShare, run.residualFWHM, run.brainVolume,
      run.inViewShare, run.meanCoverage,
    ]
    return [run.participantID, run.session, run.task, run.run] + counts.map(String.init)
      + numbers.map(number) + ["\(run.hiddenRegions)"]
  }
}
