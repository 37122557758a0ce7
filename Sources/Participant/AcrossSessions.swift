public import Atlas
public import GLM
public import Imaging

/// What was found in a participant over all sessions, in template space.
public struct AcrossSessions: Sendable {
  /// The participant, without `sub-`.
  public let participant: String

  /// The labels of the sessions, without `ses-`, in order.
  public let sessions: [String]

  /// The name of the template's space.
  public let space: String

  /// The mean image of the first session on the template's grid, to lie behind maps.
  public let background: Volume

  /// The atlases, each on the template's grid.
  public let atlases: [PulledAtlas]

  /// One result per task of at least two sessions.
  public let tasks: [TaskAcrossSessions]

  /// The rows of every atlas' region table, in the order of the atlases.
  public let regionRows: [[RegionRow]]

  /// What a reader must know before the numbers are trusted, a sentence each.
  public let notes: [String]
}

/// What was found in a task over the sessions that have it.
public struct TaskAcrossSessions: Sendable {
  /// The task's label.
  public let task: String

  /// One estimate per contrast, on the template's grid.
  public let estimates: [ContrastEstimate]

  /// For every contrast the runs that took part in it.
  public let members: [[SessionMember]]

  /// For every contrast the number of runs that have an answer, voxel by voxel.
  public let runCounts: [MaskedMap]

  /// For every contrast the smallest magnitude of z that passes a false discovery rate of 5 %.
  public let thresholds: [Double?]

  /// The highest and lowest places of every contrast.
  public let peaks: [[Peak]]

  /// The region estimates over sessions, per atlas and region.
  public let regionFits: [[RegionFit]]
}

/// The part that a session takes in a contrast.
public struct SessionMember: Equatable, Sendable {
  /// The session, without `ses-`.
  public let session: String

  /// The number of its runs that have the contrast.
  public let runCount: Int

  /// The number of its runs of the task.
  public let allRunCount: Int
}

extension [SessionMember] {
  /// How many runs of how many sessions there are, in words.
  public var words: String {
    let runs = reduce(0) { $0 + $1.runCount }
    return
      "\(runs) \(runs == 1 ? "run" : "runs") of \(count) \(count == 1 ? "session" : "sessions")"
  }
}
