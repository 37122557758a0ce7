public import Job

/// Events of one kind, as a regressor sees them.
public struct Condition: Equatable, Sendable {
  /// Its name, in any language.
  public let name: String

  /// When each event begins, in s after the start of the run's first stored volume.
  public let onsets: [Double]

  /// How long each event lasts, in s; 0 for a moment.
  public let durations: [Double]

  /// What each event's response is multiplied by; all 1 in an unmodulated condition.
  public let amplitudes: [Double]

  /// The condition that this one modulates; `nil` for a condition of its own.
  public let modulatedCondition: String?

  /// The shape of its own response; `nil` for that of the whole design.
  public let hemodynamics: Hemodynamics?

  /// Creates a condition.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - onsets: When each event begins, in s.
  ///   - durations: How long each lasts, in s, one per onset.
  ///   - amplitudes: What each is multiplied by, one per onset; `nil` for 1.
  ///   - modulatedCondition: The condition that this one modulates, if it does.
  ///   - hemodynamics: The shape of its own response; `nil` for that of the whole design.
  public init(
    name: String,
    onsets: [Double],
    durations: [Double],
    amplitudes: [Double]? = nil,
    modulatedCondition: String? = nil,
    hemodynamics: Hemodynamics? = nil
  ) {
    let amplitudes = amplitudes ?? [Double](repeating: 1, count: onsets.count)
    precondition(durations.count == onsets.count, "every onset needs a duration")
    precondition(amplitudes.count == onsets.count, "every onset needs an amplitude")
    self.name = name
    self.onsets = onsets
    self.durations = durations
    self.amplitudes = amplitudes
    self.modulatedCondition = modulatedCondition
    self.hemodynamics = hemodynamics
  }
}
