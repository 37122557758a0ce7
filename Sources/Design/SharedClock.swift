import BIDS

/// A run whose onsets do not count from its own first volume, and what is known about it.
public struct SharedClock: Equatable, Sendable {
  /// The events.
  public let path: String

  /// The first onset, in s.
  public let firstOnset: Double

  /// The last onset, in s.
  public let lastOnset: Double

  /// When the run ends, in s; `nil` where no image tells.
  public let runEnd: Double?

  /// When it began on the clock of its events.
  public let clock: RunClock
}

extension SharedClock {
  /// Says what is known about a run whose onsets do not count from its start.
  init(_ run: RunEvents, _ clock: RunClock) {
    self.init(
      path: run.table.path,
      firstOnset: run.firstOnset ?? .nan,
      lastOnset: run.lastOnset ?? .nan,
      runEnd: run.runEnd,
      clock: clock
    )
  }

  /// What is wrong, where nothing was asked to be done about it.
  var refusal: String { "\(facts), so \(cause); \(advice)" }

  /// Why no offset can be told.
  var uncertainty: String {
    switch clock.evidence {
    case .disagreement(let lengths, let onsets):
      "\(facts); by the lengths of the runs before it the run began at \(seconds(lengths)) s, by the "
        + "first onsets at \(seconds(onsets)) s, so no offset is certain; state it in a table with "
        + "--onset-offset FILE"
    default:
      "\(facts), and no earlier run tells from when; state it with --onset-offset SECONDS or FILE"
    }
  }

  private var facts: String {
    let end = runEnd.map { ", which ends at \(seconds($0)) s" } ?? ""
    return
      "\(path): onsets run from \(seconds(firstOnset)) to \(seconds(lastOnset)) s in this run\(end)"
  }

  private var cause: String {
    if case .unknown = clock.evidence {
      return "they count from another time than its first volume, perhaps the session's start"
    }
    return "they count on from the run before it"
  }

  private var advice: String {
    switch clock.evidence {
    case .runLengths, .firstOnsets:
      "use --onset-offset auto, which takes \(seconds(clock.start)) s off them, or correct the file"
    default:
      "state when the run began with --onset-offset SECONDS or FILE, or correct the file"
    }
  }
}
