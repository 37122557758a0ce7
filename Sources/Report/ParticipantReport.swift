/// What one participant's report says: plain words and numbers, computed elsewhere.
public struct ParticipantReport: Sendable {
  /// The report's title, such as the name of the study.
  public var title: String

  /// The participant, as in `sub-01`.
  public var participant: String

  /// The session, as in `ses-2`, where the data have sessions.
  public var session: String?

  /// What was asked, in a sentence.
  public var question: String

  /// The name of the space of template coordinates.
  public var space: String

  /// What the reader must know before believing the numbers, a sentence each.
  public var warnings: [String] = []

  /// The runs, in acquisition order.
  public var runs: [RunSection] = []

  /// The questions and their answers.
  public var contrasts: [ContrastSection] = []

  /// How well the brain was brought to the template.
  public var registration: [CheckLine] = []

  /// How the results were obtained, paragraph by paragraph.
  public var methods: [String] = []

  /// Versions, digests and settings, by name.
  public var provenance: [(name: String, value: String)] = []

  /// What the data were made to contain beside what was found, where that is known.
  public var truth: ReportTable?

  /// Creates a report without sections.
  ///
  /// - Parameters:
  ///   - title: The report's title, such as the name of the study.
  ///   - participant: The participant, as in `sub-01`.
  ///   - session: The session, as in `ses-2`, where the data have sessions.
  ///   - question: What was asked, in a sentence.
  ///   - space: The name of the space of template coordinates.
  public init(
    title: String,
    participant: String,
    session: String? = nil,
    question: String,
    space: String
  ) {
    self.title = title
    self.participant = participant
    self.session = session
    self.question = question
    self.space = space
  }
}

/// One thing that was checked, and what came out.
public struct CheckLine: Equatable, Sendable {
  /// What was checked.
  public var name: String

  /// What came out, with its unit.
  public var value: String

  /// What would be expected.
  public var expectation: String

  /// What is wrong, where something is.
  public var problem: String?

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - name: What was checked.
  ///   - value: What came out, with its unit.
  ///   - expectation: What would be expected.
  ///   - problem: What is wrong, where something is.
  public init(name: String, value: String, expectation: String = "", problem: String? = nil) {
    self.name = name
    self.value = value
    self.expectation = expectation
    self.problem = problem
  }
}
