import BIDS
import Design

/// The names of a participant's result files, relative to the output folder.
///
/// They follow the derivatives part of BIDS and, for statistical maps, what FitLins and nilearn
/// agree on: `sub-X[_ses-Y]_task-T[_run-N][_space-S]_contrast-C_stat-K_statmap.nii.gz`.
struct ResultNames {
  /// The participant, without `sub-`.
  let participant: String

  /// The session, without `ses-`, where there is one.
  let session: String?

  /// `sub-X[_ses-Y]`.
  var stem: String {
    "sub-\(participant)" + (session.map { "_ses-\($0)" } ?? "")
  }

  /// `sub-X[/ses-Y]`.
  var folder: String {
    "sub-\(participant)" + (session.map { "/ses-\($0)" } ?? "")
  }

  /// The region table of an atlas.
  func regionTable(atlas: String) -> String {
    "\(folder)/\(stem)_atlas-\(fileLabel(of: atlas))_regions.csv"
  }

  /// The table of the runs' quality.
  var quality: String { "\(folder)/\(stem)_quality.csv" }

  /// A run without head motion, less the endings of its image and its description.
  func preprocessedBold(of run: Run, space: String?) -> String {
    self.run(run, (space.map { "space-\(fileLabel(of: $0))_" } ?? "") + "desc-preproc_bold")
  }

  /// A file of one run, such as its design or its confounds.
  func run(_ run: Run, _ ending: String) -> String {
    "\(folder)/func/\(run.entities.name)_\(ending)"
  }

  /// A map of one run.
  func map(of run: Run, space: String?, contrast: String, statistic: String) -> String {
    self.run(run, mapEnding(space: space, contrast: contrast, statistic: statistic))
  }

  /// A map of one run that is of no contrast, such as FitLins' `stat-rSquare`.
  func map(of run: Run, space: String?, statistic: String) -> String {
    let place = space.map { "space-\(fileLabel(of: $0))_" } ?? ""
    return self.run(run, "\(place)stat-\(statistic)_statmap.nii.gz")
  }

  /// A map of a task over its runs.
  func map(of task: String, space: String?, contrast: String, statistic: String) -> String {
    let ending = mapEnding(space: space, contrast: contrast, statistic: statistic)
    return "\(folder)/func/\(stem)_task-\(task)_\(ending)"
  }

  /// A table of a task over its runs.
  func table(of task: String, contrast: String, _ ending: String) -> String {
    "\(folder)/func/\(stem)_task-\(task)_contrast-\(fileLabel(of: contrast))_\(ending)"
  }

  /// The session's brain mask, which BIDS wants once per task; without the ending.
  func mask(of task: String, space: String?) -> String {
    let place = space.map { "space-\(fileLabel(of: $0))_" } ?? ""
    return "\(folder)/func/\(stem)_task-\(task)_\(place)desc-brain_mask"
  }

  /// The session's reference image.
  func session(_ ending: String) -> String {
    "\(folder)/func/\(stem)_\(ending)"
  }

  private func mapEnding(space: String?, contrast: String, statistic: String) -> String {
    let place = space.map { "space-\(fileLabel(of: $0))_" } ?? ""
    return "\(place)contrast-\(fileLabel(of: contrast))_stat-\(statistic)_statmap.nii.gz"
  }
}
