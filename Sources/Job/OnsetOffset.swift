/// What is taken off the onsets of a run: the time, on the events' clock, at which its first stored
/// volume began.
public enum OnsetOffset: Equatable, Sendable {
  /// Nothing: onsets count from the run's first volume, as BIDS says.
  case none

  /// What the runs of a session say together: where onsets count on from run to run, the time at which
  /// each run began.
  case auto

  /// The same time in every run, in s.
  case seconds(Double)

  /// A time of its own for each run.
  case runs([RunOffset])
}

/// What is taken off the onsets of the runs that carry some labels.
public struct RunOffset: Codable, Equatable, Sendable {
  /// The participant's label, without `sub-`; `nil` for each.
  public var participant: String?

  /// The session's label, without `ses-`; `nil` for each.
  public var session: String?

  /// The task's label, without `task-`; `nil` for each.
  public var task: String?

  /// The run's label, without `run-`; `nil` for each.
  public var run: String?

  /// What is taken off, in s.
  public var seconds: Double

  /// Creates an offset.
  ///
  /// - Parameters:
  ///   - participant: The participant's label; `nil` for each.
  ///   - session: The session's label; `nil` for each.
  ///   - task: The task's label; `nil` for each.
  ///   - run: The run's label; `nil` for each.
  ///   - seconds: What is taken off, in s.
  public init(
    participant: String? = nil,
    session: String? = nil,
    task: String? = nil,
    run: String? = nil,
    seconds: Double
  ) {
    self.participant = participant
    self.session = session
    self.task = task
    self.run = run
    self.seconds = seconds
  }
}

extension OnsetOffset: Codable {
  private enum Key: String, CodingKey {
    case seconds, runs
  }

  /// Reads `"none"`, `"auto"`, `{"seconds": 12}` or `{"runs": [{"run": "2", "seconds": 418}]}`.
  ///
  /// - Parameter decoder: What to read from.
  /// - Throws: `DecodingError` where it is none of them.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      switch word {
      case "none": self = .none
      case "auto": self = .auto
      default:
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath,
            debugDescription: "one of none, auto, or seconds, or runs with seconds each"
          )
        )
      }
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    if container.contains(.runs) {
      self = .runs(try container.decode([RunOffset].self, forKey: .runs))
    } else {
      self = .seconds(try container.decode(Double.self, forKey: .seconds))
    }
  }

  /// Writes the form that is read.
  ///
  /// - Parameter encoder: What to write to.
  /// - Throws: What stands in the encoder's way.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .none, .auto:
      var container = encoder.singleValueContainer()
      try container.encode(self == .auto ? "auto" : "none")
    case .seconds(let seconds):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(seconds, forKey: .seconds)
    case .runs(let runs):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(runs, forKey: .runs)
    }
  }
}

extension OnsetOffset {
  /// Whether every number in it is one.
  var isFinite: Bool {
    switch self {
    case .none, .auto: true
    case .seconds(let seconds): seconds.isFinite
    case .runs(let runs): runs.allSatisfy(\.seconds.isFinite)
    }
  }
}
