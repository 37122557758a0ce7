import Atlas
import Design
import Files
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
  var written: [String] = []
  do {
    for session in result.sessions {
      let writer = SessionWriter(session: session, folder: folder)
      try writer.writeSession(into: &written)
      for run in session.runs { try writer.write(run, into: &written) }
      for task in session.tasks { try writer.write(task, into: &written) }
    }
  } catch {
    discardFiles(written, in: folder)
    throw error
  }
  return written.sorted()
}

/// Writes the files of one session.
private struct SessionWriter {
  let session: SessionResult
  let folder: String

  var names: ResultNames {
    ResultNames(participant: session.participant, session: session.session)
  }

  /// The space entity of native maps: only data that were in template space already carry one.
  var nativeSpace: String? {
    session.normalization.isIdentity ? session.normalization.space : nil
  }

  func writeSession(into written: inout [String]) throws {
    let mask = session.mask
    let inside = Volume(
      grid: mask.grid,
      values: (0..<mask.grid.voxelCount).map { mask.contains($0) ? 1 : 0 }
    )
    try write(session.reference, names.session("boldref.nii.gz"), "mean image", into: &written)
    let maskName = names.session("desc-brain_mask.nii.gz")
    try writeVolume(
      inside,
      to: "\(folder)/\(maskName)",
      spaceIsTemplate: nativeSpace != nil,
      description: "brain mask",
      encoding: .int16
    )
    written.append(maskName)
    for (atlas, rows) in zip(session.atlases, session.regionRows) {
      let text = RegionTable.text(rows)
      try write(text, names.regionTable(atlas: atlas.atlas.name), into: &written)
    }
  }

  func write(_ run: RunResult, into written: inout [String]) throws {
    let confounds = names.run(run.run, "desc-confounds_timeseries")
    try write(run.confounds.tsv, confounds + ".tsv", into: &written)
    try write(run.motionDescription, confounds + ".json", into: &written)
    try write(run.design.tsv, names.run(run.run, "design.tsv"), into: &written)
    guard session.runs.count > 1 else { return }
    for estimate in run.fit.estimates {
      try write(estimate, into: &written) {
        names.map(of: run.run, space: nativeSpace, contrast: estimate.contrast.name, statistic: $0)
      }
    }
  }

  func write(_ task: TaskResult, into written: inout [String]) throws {
    for (place, estimate) in task.estimates.enumerated() {
      let contrast = estimate.contrast.name
      try write(estimate, into: &written) {
        names.map(of: task.task, space: nativeSpace, contrast: contrast, statistic: $0)
      }
      let peaks = PeakTable(
        peaks: task.peaks[place],
        atlases: session.atlases.map(\.atlas.name),
        degreesOfFreedom: estimate.degreesOfFreedom,
        space: session.normalization.space
      )
      try write(
        peaks.tsv,
        names.table(of: task.task, contrast: contrast, "peaks.tsv"),
        into: &written
      )
      guard nativeSpace == nil else { continue }
      for (statistic, volume) in task.templateMaps[place].named(estimate.contrast.kind) {
        let name = names.map(
          of: task.task,
          space: session.normalization.space,
          contrast: contrast,
          statistic: statistic
        )
        try write(volume, name, isTemplate: true, contrast, into: &written)
      }
    }
  }

  private func write(
    _ estimate: ContrastEstimate,
    into written: inout [String],
    named name: (String) -> String
  ) throws {
    let maps: [(String, MaskedMap?)] = [
      ("effect", estimate.effect),
      ("variance", estimate.variance),
      (estimate.contrast.kind == .t ? "t" : "F", estimate.statistic),
      ("z", estimate.z),
      ("p", estimate.p),
    ]
    for case (let statistic, let map?) in maps {
      try write(
        map.volume,
        name(statistic),
        isTemplate: nativeSpace != nil,
        estimate.contrast.name,
        into: &written
      )
    }
  }

  private func write(
    _ volume: Volume,
    _ name: String,
    isTemplate: Bool? = nil,
    _ description: String,
    into written: inout [String]
  ) throws {
    try writeVolume(
      volume,
      to: "\(folder)/\(name)",
      spaceIsTemplate: isTemplate ?? (nativeSpace != nil),
      description: description,
      encoding: .float32
    )
    written.append(name)
  }

  private func write(_ text: String, _ name: String, into written: inout [String]) throws {
    try writeAtomically(Array(text.utf8), to: "\(folder)/\(name)")
    written.append(name)
  }
}

extension TemplateMaps {
  /// The maps that are there, by the word their file names use.
  fileprivate func named(_ kind: Contrast.Kind) -> [(String, Volume)] {
    let maps: [(String, Volume?)] = [
      ("effect", effect), ("variance", variance), (kind == .t ? "t" : "F", statistic), ("z", z),
      ("p", p),
    ]
    return maps.compactMap { name, volume in volume.map { (name, $0) } }
  }
}
