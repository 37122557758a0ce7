import Atlas
import BIDS
import FoundationEssentials
import Job
import Normalization

/// Where a session's results are to lie in the end, found out before anything is computed.
struct SessionTarget {
  /// The template, where there is a way to be found to it.
  let template: Template?

  /// The name of the space; `nil` where neither a template nor a person states it.
  let space: String?

  /// The anatomical image that the way leads by, where it does.
  let t1wPath: String?

  /// What is said of each atlas whose space is not quite that of the template.
  let atlasWarnings: [String?]

  /// What a reader must know of the template.
  let notes: [String]
}

extension SessionAnalysis {
  /// Finds the template, the T1w, and whether the atlases fit.
  ///
  /// - Returns: The target.
  /// - Throws: The error of the lookup or of an atlas' space, or that there is no T1w.
  func findTarget() throws -> SessionTarget {
    let asked = request.job.normalization
    let found =
      asked.method == .none
      ? nil
      : try findTemplate(request: asked, environment: ProcessInfo.processInfo.environment)
    let t1w =
      asked.method == .t1w
      ? request.dataset.t1wPath(of: request.participant, session: session) : nil
    if asked.method == .t1w, t1w == nil {
      throw ParticipantError.noT1w(participant: request.participant)
    }
    let space = found?.template.space ?? asked.space ?? runs.first?.entities.space
    return SessionTarget(
      template: found?.template,
      space: space,
      t1wPath: t1w,
      atlasWarnings: try atlases.map { atlas in
        try space.flatMap { space in
          try checkSpace(of: atlas, against: space, allowsMismatch: asked.allowsSpaceMismatch)
        }
      },
      notes: [found?.notice].compactMap(\.self)
    )
  }
}
