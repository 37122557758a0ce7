import BIDS

/// The confounds of a run, as far as they are known.
public enum ConfoundSource: Sendable {
  /// All of them, one value per volume.
  case known([(name: String, values: [Double])])

  /// None yet: this program will measure them.
  case awaited

  /// None yet: another program measured them.
  case awaitedFromElsewhere

  /// Those that are known.
  var known: [(name: String, values: [Double])] {
    if case .known(let confounds) = self { confounds } else { [] }
  }

  /// Whether they are all known.
  var isKnown: Bool {
    if case .known = self { true } else { false }
  }

  /// Whether a name or pattern may be that of a confound to come.
  func awaits(_ name: String) -> Bool {
    switch self {
    case .known: false
    case .awaited: isConfoundName(name, isMeasuredHere: true)
    case .awaitedFromElsewhere: isConfoundName(name)
    }
  }
}
