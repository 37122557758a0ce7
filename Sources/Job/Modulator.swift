/// A numeric events column whose value scales the response to a condition.
public struct Modulator: Codable, Equatable, Sendable {
  /// What is subtracted from the values.
  public enum Centring: String, Codable, CaseIterable, Sendable {
    /// The mean over the condition's events of the run.
    case run

    /// The mean over the condition's events of all the participant's runs of the task.
    case participant

    /// Nothing.
    case none
  }

  /// What the values are divided by.
  public enum Scaling: String, Codable, CaseIterable, Sendable {
    /// Nothing: the effect is per unit of the column.
    case raw

    /// The standard deviation over the events that the mean is taken over: those of the run, or of the
    /// participant where the centring is the participant's.
    case sd
  }

  /// Where an event's value stands.
  public enum Source: String, Codable, CaseIterable, Sendable {
    /// In the event's own row.
    case own

    /// In the next row that has one, before the next event of the condition: a rating is often a row of
    /// its own after what is rated.
    case following
  }

  /// The events column.
  public var column: String

  /// The condition it modulates; `nil` for each condition that has values.
  public var condition: String?

  /// What is subtracted.
  public var centring: Centring

  /// What it is divided by.
  public var scaling: Scaling

  /// Where an event's value stands.
  public var source: Source

  /// Whether what the condition and its modulators before this one explain of the values is taken out.
  public var isOrthogonalized: Bool

  /// Creates a modulator.
  ///
  /// - Parameters:
  ///   - column: The events column.
  ///   - condition: The condition it modulates; `nil` for each condition that has values.
  ///   - centring: What is subtracted.
  ///   - scaling: What it is divided by.
  ///   - source: Where an event's value stands.
  ///   - isOrthogonalized: Whether what the condition's modulators before it explain is taken out.
  public init(
    column: String,
    condition: String?,
    centring: Centring = .run,
    scaling: Scaling = .raw,
    source: Source = .own,
    isOrthogonalized: Bool = false
  ) {
    self.column = column
    self.condition = condition
    self.centring = centring
    self.scaling = scaling
    self.source = source
    self.isOrthogonalized = isOrthogonalized
  }
}
