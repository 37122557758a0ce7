import Files
import Atlas
import BIDS
import Design
import GLM
import Imaging
import NIfTI
import Normalization
import Provenance
import Realignment

/// Writes a participant's maps and tables below the output folder.
///
/// Every file appears whole or not at all; where one cannot be written, none stays.
///
/// - Parameters:
///   - result: What was found.
///   - folder: The output folder.
/// - Returns: The paths of the files, relative to the output folder.
/// - Throws: The error of the first file that cannot be written.
public func writeResults(_ result: ParticipantResult, to folder: String) throws -> [String] {
  var files = ResultFiles(in: folder)
  do {
    for session in result.sessions {
      let writer = SessionWriter(session: session)
      try writer.writeSession(to: &files)
      for run in session.runs { try writer.write(run, to: &files) }
      for task in session.tasks { try writer.write(task, to: &files) }
    }
    if let across = result.acrossSessions { try write(across, to: &files) }
  } catch {
    discardFiles(files.written, in: folder)
    throw error
  }
  return files.written.sorted()
}

/// Writes the files of one session.
private struct SessionWriter {
  let session: SessionResult

  var names: ResultNames {
    ResultNames(participant: session.participant, session: session.session)
  }

  /// The space entity of native maps: only data that were in template space already carry one.
  var nativeSpace: String? {
    session.normalization.isIdentity ? session.normalization.space : nil
  }

  func writeSession(to files: inout ResultFiles) throws {
    let mask = session.mask
    let inside = Volume(
      grid: mask.grid,
      values: (0..<mask.grid.voxelCount).map { mask.contains($0) ? 1 : 0 }
    )
    let isTemplate = nativeSpace != nil
    try files.write(
      session.reference,
      names.session("boldref.nii.gz"),
      isTemplate: isTemplate,
      "mean image"
    )
    for task in session.tasks {
      let name = names.mask(of: task.task, space: nativeSpace)
      try files.write(
        inside,
        name + ".nii.gz",
        isTemplate: isTemplate,
        "brain mask",
        encoding: .int16
      )
      try files.write(maskDescription, name + ".json")
    }
    for (atlas, rows) in zip(session.atlases, session.regionRows) {
      try files.write(RegionTable.text(rows), names.regionTable(atlas: atlas.atlas.name))
    }
    try files.write(QualityTable.text(session.runs.map { $0.quality(in: session) }), names.quality)
  }

  /// What the mask is, as JSON.
  private var maskDescription: String {
    let origin =
      session.runs.first?.run.preprocessed == nil
      ? "found in the mean image of the session's first run" : "what the masks of all runs share"
    return """
      {
        "Type": "Brain",
        "Description": "The voxels that were analysed, one mask for all runs of the session: \(origin)"
      }

      """
  }

  func write(_ run: RunResult, to files: inout ResultFiles) throws {
    let confounds = names.run(run.run, "desc-confounds_timeseries")
    try files.write(run.confounds.tsv, confounds + ".tsv")
    try files.write(try ConfoundsDescription(of: run).indentedJSON, confounds + ".json")
    try files.write(run.design.tsv, names.run(run.run, "design.tsv"))
    if let bold = run.preprocessedBold {
      let name = names.preprocessedBold(of: run.run, space: nativeSpace)
      try files.move(bold.path, name + ".nii.gz")
      try files.write(bold.description, name + ".json")
    }
    try FitFiles(run: run, names: names, space: nativeSpace).write(to: &files)
    guard session.runs.count > 1 else { return }
    for estimate in run.fit.estimates {
      try files.write(estimate, isTemplate: nativeSpace != nil) {
        names.map(of: run.run, space: nativeSpace, contrast: estimate.contrast.name, statistic: $0)
      }
    }
  }

  func write(_ task: TaskResult, to files: inout ResultFiles) throws {
    for (place, estimate) in task.estimates.enumerated() {
      let contrast = estimate.contrast.name
      let isTemplate = nativeSpace != nil
      let name = { (space: String?) in
        { (statistic: String) in
          names.map(of: task.task, space: space, contrast: contrast, statistic: statistic)
        }
      }
      try files.write(estimate, isTemplate: isTemplate, named: name(nativeSpace))
      if task.runs.count > 1 {
        try files.write(
          task.runCounts[place],
          name(nativeSpace)("runs"),
          isTemplate: isTemplate,
          contrast
        )
      }
      let peaks = PeakTable(
        peaks: task.peaks[place],
        atlases: session.atlases.map(\.atlas.name),
        numeratorDegreesOfFreedom: estimate.numeratorDegreesOfFreedom,
        degreesOfFreedom: estimate.degreesOfFreedom,
        space: session.normalization.space
      )
      try files.write(peaks.tsv, names.table(of: task.task, contrast: contrast, "peaks.tsv"))
      guard nativeSpace == nil else { continue }
      try files.write(
        task.templateEstimates[place],
        isTemplate: true,
        named: name(session.normalization.space)
      )
    }
  }
}

/// Writes what the sessions say together, beside their folders.
private func write(_ across: AcrossSessions, to files: inout ResultFiles) throws {
  let names = ResultNames(participant: across.participant, session: nil)
  for (atlas, rows) in zip(across.atlases, across.regionRows) {
    try files.write(RegionTable.text(rows), names.regionTable(atlas: atlas.atlas.name))
  }
  for task in across.tasks {
    for (place, estimate) in task.estimates.enumerated() {
      let contrast = estimate.contrast.name
      let name = { (statistic: String) in
        names.map(of: task.task, space: across.space, contrast: contrast, statistic: statistic)
      }
      try files.write(estimate, isTemplate: true, named: name)
      try files.write(task.runCounts[place], name("runs"), isTemplate: true, contrast)
      let peaks = PeakTable(
        peaks: task.peaks[place],
        atlases: across.atlases.map(\.atlas.name),
        numeratorDegreesOfFreedom: estimate.numeratorDegreesOfFreedom,
        degreesOfFreedom: estimate.degreesOfFreedom,
        space: across.space
      )
      try files.write(peaks.tsv, names.table(of: task.task, contrast: contrast, "peaks.tsv"))
    }
  }
}
