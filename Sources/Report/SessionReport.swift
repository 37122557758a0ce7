import Algebra
import Atlas
import BIDS
import Design
import Files
import GLM
import Imaging
public import Job
import Normalization
public import Participant
import Realignment

extension ParticipantReport {
  /// Sets out a session's results as a page.
  ///
  /// - Parameters:
  ///   - session: What was found.
  ///   - job: What was asked.
  ///   - version: The version of nocinet.
  public init(of session: SessionResult, job: Job, version: String) {
    let label = "sub-\(session.participant)" + (session.session.map { " ses-\($0)" } ?? "")
    let tasks = session.tasks.map(\.task).joined(separator: ", ")
    self.init(
      title: "\(label): \(tasks)",
      participant: "sub-\(session.participant)",
      session: session.session,
      question: "Which regions of \(session.atlases.map(\.atlas.name).joined(separator: ", ")) "
        + "respond to the stimuli of \(tasks)?",
      space: session.normalization.space
    )
    warnings = session.notes
    runs = session.runs.map { RunSection(of: $0, model: job.model) }
    contrasts = session.tasks.flatMap { task in
      task.estimates.indices.map { ContrastSection(of: task, contrast: $0, in: session) }
    }
    registration = session.normalization.check.map(CheckLine.lines) ?? []
    methods = methodsParagraphs(of: session, job: job, version: version)
    provenance = [
      ("nocinet", version),
      ("Way to the template", session.normalization.method),
      ("Digest of the way", session.normalization.digest),
      ("Seed", "\(job.seed)"),
    ]
  }
}

extension RunSection {
  /// Sets out a run.
  fileprivate init(of result: RunResult, model: Model) {
    let kept = Set(result.keptVolumes)
    self.init(
      name: result.run.entities.name,
      repetitionTime: result.repetitionTime,
      repetitionTimeSource: result.run.sidecar.repetitionTime == nil ? "header" : "sidecar",
      referenceTime: "\(fixed(result.referenceTime, digits: 3)) s into each volume; "
        + "slice timing: \(result.sliceTiming)",
      volumeCount: result.motion.poses.count
    )
    censoredVolumes = result.motion.poses.indices.filter { !kept.contains($0) }
    motion = MotionTrace(of: result, threshold: model.censoringThreshold)
    design = DesignPicture(
      names: result.design.names,
      columns: result.design.names.indices.map(result.design.matrix.column)
    )
    checks = result.checks.map { check in
      DesignCheckLine(
        contrast: check.contrast,
        removedShare: check.removedVarianceShare,
        varianceInflation: check.varianceInflation,
        degreesOfFreedom: result.fit.degreesOfFreedom,
        problem: check.warnings.first
      )
    }
    let ratio = fixed(result.medianSignalToNoise, digits: 1)
    notes = result.notes + ["Median temporal signal-to-noise ratio in the brain: \(ratio)."]
  }
}

extension MotionTrace {
  /// Takes the written motion columns of a run.
  fileprivate init(of result: RunResult, threshold: Double?) {
    let columns = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"].map {
      result.confounds[$0] ?? []
    }
    let displacement = result.confounds["framewise_displacement"] ?? []
    let moved = displacement.dropFirst()
    self.init(
      translations: displacement.indices.map { [columns[0][$0], columns[1][$0], columns[2][$0]] },
      rotations: displacement.indices.map {
        [columns[3][$0], columns[4][$0], columns[5][$0]] * (180 / Double.pi)
      },
      displacements: displacement,
      threshold: threshold,
      meanDisplacement: moved.isEmpty ? 0 : moved.reduce(0, +) / Double(moved.count),
      largestDisplacement: moved.max() ?? 0
    )
  }
}

extension ContrastSection {
  /// Sets out a contrast of a task.
  fileprivate init(of task: TaskResult, contrast place: Int, in session: SessionResult) {
    let estimate = task.estimates[place]
    let isT = estimate.contrast.kind == .t
    self.init(
      name: estimate.contrast.name,
      expression: estimate.contrast.expression,
      unit: session.unit(ofContrast: estimate.contrast.name),
      background: session.reference,
      statistic: estimate.z.volume,
      threshold: task.thresholds[place],
      thresholdMeaning: "false discovery rate 5 % over the brain mask, two-sided",
      pictureSpace: session.normalization.isIdentity
        ? session.normalization.space : "scanner"
    )
    peaks = task.peaks[place].map { peak in
      PeakLine(
        place: peak.place,
        z: peak.z,
        position: peak.template,
        nativePosition: peak.native
      )
    }
    regions = session.regionRows.flatMap { rows in
      rows.filter { row in
        row.contrast == estimate.contrast.name && row.task == task.task
          && (task.runs.count == 1 || row.run == nil)
      }
      .map(RegionLine.init(of:))
    }
    if let sum = estimate.contrast.weightSum, abs(sum - 1) > 1e-9, isT {
      notes = [
        "The positive weights sum to \(fixed(sum, digits: 3)): the effect is that sum, not a mean."
      ]
    }
  }
}

extension RegionLine {
  /// Sets out a row of a region table.
  fileprivate init(of row: RegionRow) {
    self.init(
      region: row.region,
      hemisphere: row.hemisphere.rawValue,
      voxels: row.voxels,
      coverage: row.coverage ?? .nan,
      effect: row.effect ?? .nan,
      standardError: row.standardError ?? .nan,
      t: row.t ?? .nan,
      degreesOfFreedom: row.degreesOfFreedom ?? .nan,
      p: row.p ?? .nan
    )
    atlas = row.atlas
    share = row.shareFDR05 ?? .nan
    peakZ = row.peakZ ?? .nan
    peakPosition = row.peak
    flags = row.flags.map(\.rawValue)
  }
}

extension CheckLine {
  /// Sets out what was found of a registration.
  fileprivate static func lines(of check: RegistrationCheck) -> [CheckLine] {
    var lines = [
      CheckLine(
        name: "Normalized mutual information with the template",
        value: fixed(check.normalizedMutualInformation, digits: 3),
        expectation: "1 is no relation"
      )
    ]
    if let shared = check.epiNormalizedMutualInformation {
      lines.append(
        CheckLine(
          name: "Normalized mutual information of mean EPI and T1w",
          value: fixed(shared, digits: 3),
          expectation: "1 is no relation"
        )
      )
    }
    if let overlap = check.maskOverlap {
      lines.append(
        CheckLine(name: "Overlap of the brain masks (Dice)", value: fixed(overlap, digits: 3))
      )
    }
    lines += [
      CheckLine(
        name: "Largest inverse-consistency error",
        value: "\(fixed(check.inverseConsistency, digits: 3)) mm",
        expectation: "under 0.1 mm"
      ),
      CheckLine(
        name: "Smallest Jacobian",
        value: fixed(check.minimumJacobian, digits: 3),
        expectation: "above 0"
      ),
    ]
    return lines
  }
}

extension Peak {
  /// The name of the first atlas that has the peak inside a region, else of the first near one.
  fileprivate var place: String {
    let named = regions.filter { $0 != "n/a" }
    return named.first { !$0.hasPrefix("near ") } ?? named.first ?? "outside every region"
  }
}

extension SessionResult {
  /// The unit of a contrast's effect as its region rows state it.
  fileprivate func unit(ofContrast name: String) -> String {
    let row = regionRows.lazy.joined().first { $0.contrast == name }
    return row.map { $0.unit.replacing("percent signal change", with: "% signal change") } ?? ""
  }
}
