/// What an analysis would do with a dataset, and what stands in its way.
public struct DatasetSurvey: Codable, Equatable, Sendable {
  /// The version of this layout.
  public var schemaVersion = 1

  /// The dataset's folder, as the user gave it.
  public var dataset: String

  /// The name the dataset gives itself.
  public var name: String

  /// Whether no image can be read, so that all is told from names, sidecars and events.
  public var isMetadataOnly: Bool

  /// How many participants there are.
  public var participantCount: Int

  /// How many of them would be analysed.
  public var analysedParticipantCount: Int

  /// How many runs there are.
  public var runCount: Int

  /// How many of them would be modelled.
  public var modelledRunCount: Int

  /// What should be known, each cause once, worst first.
  public var findings: [GroupedFinding]

  /// Every participant, worst first.
  public var participants: [ParticipantSurvey]

  /// Whether something stands in the way of a participant.
  public var hasBlocker: Bool { findings.contains { $0.severity == .blocker } }
}

/// A finding with everything that it is true of.
public struct GroupedFinding: Codable, Equatable, Sendable {
  /// How much it stands in the way.
  public var severity: Finding.Severity

  /// Its cause as a word that programs can rely on.
  public var cause: String

  /// What it is and what to do; of several that differ in numbers alone, the worst or first one's.
  public var sentence: String

  /// How bad the worst is, where that is a number.
  public var weight: Double?

  /// Whether the sentences differ in their numbers.
  public var isExample: Bool

  /// The files it is about, below the dataset's folder, with lines.
  public var places: [String]

  /// The runs it is true of, by name.
  public var runs: [String]

  /// The participants it is true of, without `sub-`.
  public var participants: [String]
}
