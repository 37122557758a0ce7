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
    runs = session.runs.map { RunSection(of: $0, in: session, model: job.model) }
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
  fileprivate init(of result: RunResult, in session: SessionResult, model: Model) {
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
    if result.carpet.rowCount > 0 {
      carpet = CarpetPicture(
        rowCount: result.carpet.rowCount,
        values: result.carpet.values,
        limit: result.carpet.limit
      )
    }
    quality = qualityFacts(of: result.quality(in: session))
    design = DesignPicture(
      names: result.design.names,
      columns: result.design.names.indices.map(result.design.matrix.column)
    )
    checks = result.checks.map { check in
      DesignCheckLine(
        contrast: check.contrast,
        removedShare: check.removedVarianceShare,
        varianceInflation: check.varianceInflation,
        numeratorDegreesOfFreedom: result.fit.estimates.first {
          $0.contrast.name == check.contrast
        }?.numeratorDegreesOfFreedom,
        degreesOfFreedom: result.fit.degreesOfFreedom,
        problem: check.warnings.first
      )
    }
    let widths = (0..<3).map { NumberWords.decimal(result.fit.residualFWHM[$0], 1) }
    notes =
      result.notes + [
        "The residuals are smooth by \(widths.joined(separator: " x ")) mm (full width at half maximum "
          + "along the image's axes)."
      ]
  }
}

/// What the table of the runs' quality says, in words.
private func qualityFacts(of quality: RunQuality) -> [(name: String, value: String)] {
  [
    ("Temporal signal-to-noise", "\(NumberWords.decimal(quality.medianSignalToNoise, 1)) (median)"),
    ("Standardised DVARS", "mean \(NumberWords.decimal(quality.meanStandardizedChange, 2))"),
    ("Outlying volumes", NumberWords.percent(quality.outlierShare)),
    ("Brain", "\(NumberWords.decimal(quality.brainVolume, 0)) ml"),
    ("In view throughout", NumberWords.percent(quality.inViewShare)),
  ]
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
    let rows = session.regionRows.joined().filter { row in
      row.contrast == estimate.contrast.name && row.task == task.task
        && (task.runs.count == 1 || row.run == nil)
    }
    self.init(
      of: estimate,
      rows: rows,
      background: session.reference,
      threshold: task.thresholds[place],
      peaks: task.peaks[place],
      space: session.normalization.isIdentity ? session.normalization.space : "scanner"
    )
    if task.runs.count > 1 {
      let count = task.runs.count { session.runs[$0].hasContrast(estimate.contrast.name) }
      notes.append(
        "Combined over \(count) of the task's \(task.runs.count) runs by precision-weighted fixed "
          + "effects; \(estimate.summedDegreesWords)."
      )
    }
  }
}

extension RunResult {
  /// Whether the run answers a contrast.
  fileprivate func hasContrast(_ name: String) -> Bool {
    fit.estimates.contains { $0.contrast.name == name }
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
