import Atlas
import Design
import GLM
public import Participant

extension ParticipantReport {
  /// Sets out what a participant's sessions say together as a page.
  ///
  /// - Parameters:
  ///   - across: What was found.
  ///   - version: The version of nocinet.
  public init(of across: AcrossSessions, version: String) {
    let tasks = across.tasks.map(\.task).joined(separator: ", ")
    let labels = across.sessions.map { "ses-\($0)" }.joined(separator: ", ")
    self.init(
      title: "sub-\(across.participant), \(across.sessions.count) sessions together: \(tasks)",
      participant: "sub-\(across.participant)",
      question: "Which regions of \(across.atlases.map(\.atlas.name).joined(separator: ", ")) "
        + "respond to the stimuli of \(tasks), over \(labels)?",
      space: across.space
    )
    warnings = across.notes
    contrasts = across.tasks.flatMap { task in
      task.estimates.indices.map { ContrastSection(of: task, contrast: $0, in: across) }
    }
    methods = [
      "Combined with nocinet \(version). Every session was analysed by itself; its own page says how. "
        + "Effects and standard errors of the sessions were taken to \(across.space), where each run "
        + "counts by the precision of its own effect (fixed effects): the effect is the sum of e / v "
        + "over the sum of 1 / v, its variance 1 / the sum of 1 / v, with e and v a run's effect and "
        + "variance. Degrees of freedom are the sums of those of the runs. Voxels that a session did "
        + "not see have no result. These are statements about this person in these sessions: the "
        + "variance from session to session is no part of them.",
      "Region estimates combine those of the runs in the same way. Maps are shown at a false "
        + "discovery rate of 5 % (Benjamini-Hochberg over the voxels of all sessions, per contrast).",
    ]
    provenance = [("nocinet", version), ("Sessions", labels)]
  }
}

extension ContrastSection {
  /// Sets out a contrast of a task over sessions.
  fileprivate init(
    of task: TaskAcrossSessions,
    contrast place: Int,
    in across: AcrossSessions
  ) {
    let estimate = task.estimates[place]
    let name = estimate.contrast.name
    self.init(
      of: estimate,
      rows: across.regionRows.joined().filter { $0.contrast == name && $0.task == task.task },
      background: across.background,
      threshold: task.thresholds[place],
      peaks: task.peaks[place],
      space: across.space
    )
    let members = task.members[place]
    let parts = members.map { "ses-\($0.session): \($0.runCount)" }.joined(separator: ", ")
    notes.append(
      "Combined over \(members.words) (\(parts)); \(estimate.summedDegreesWords)."
    )
  }
}
