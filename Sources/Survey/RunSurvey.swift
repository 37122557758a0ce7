/// What an analysis would do with a run, and what stands in its way.
public struct RunSurvey: Codable, Equatable, Sendable {
  /// What a run's length is known from.
  public enum LengthSource: String, Codable, Sendable {
    /// The image's header.
    case image

    /// The next run's beginning on the clock that the onsets of both are counted by.
    case clock

    /// The last event's end, so that the true length may be more.
    case onsets
  }

  /// Whether something can be read where the image should be.
  public enum Image: String, Codable, Sendable {
    case present, headerOnly, empty, brokenLink, absent
  }

  /// Events of one kind.
  public struct Condition: Codable, Equatable, Sendable {
    /// Its name.
    public var name: String

    /// The number of its events within the run.
    public var events: Int

    /// The condition it modulates, where it is a modulator.
    public var modulates: String?
  }

  /// How well the design answers a question, before any motion is known.
  public struct Contrast: Codable, Equatable, Sendable {
    /// Its name.
    public var name: String

    /// The share of its regressor's variance that drift takes away.
    public var removedVarianceShare: Double

    /// By how much other columns inflate its variance; `nil` where it cannot be estimated.
    public var varianceInflation: Double?
  }

  /// Which run it is, as its files are called.
  public var run: String

  /// Its task's label.
  public var task: String?

  /// Whether something can be read where the image should be.
  public var image: Image

  /// Whether it has events, without which it would be left out.
  public var hasEvents: Bool

  /// Whether an analysis would model it, were nothing in the way: it has events, and an image unless the
  /// whole dataset has none.
  public var isMeant = false

  /// The time from one volume to the next, in s.
  public var repetitionTime: Double?

  /// The number of volumes, where the image tells.
  public var volumes: Int?

  /// How long it is, in s.
  public var length: Double?

  /// What the length is known from.
  public var lengthSource: LengthSource?

  /// When it began on the clock of its events, in s, where that is not its own first volume.
  public var clockStart: Double?

  /// The conditions and modulators.
  public var conditions: [Condition] = []

  /// The questions.
  public var contrasts: [Contrast] = []

  /// What should be known.
  public var findings: [Finding] = []
}

/// What an analysis would do with a participant, and what stands in its way.
public struct ParticipantSurvey: Codable, Equatable, Sendable {
  /// The participant's label, without `sub-`.
  public var participant: String

  /// Whether nothing stands in the way; images that the whole dataset lacks are left aside.
  public var wouldBeAnalysed = true

  /// The runs, in order.
  public var runs: [RunSurvey] = []

  /// What should be known, beyond single runs.
  public var findings: [Finding] = []

  /// The images that no step uses: how many of each kind.
  public var unusedImages: [String: Int] = [:]

  /// All findings, those of the runs included.
  var allFindings: [Finding] { findings + runs.flatMap(\.findings) }

  /// The worst of what should be known; `nil` where there is nothing.
  var worst: Finding.Severity? { allFindings.map(\.severity).min() }
}
