internal import Atlas

/// How much of a region must be in view for a participant to count in it.
public struct CoverageRule: Equatable, Sendable {
  /// The smallest covered share, 0 to 1.
  public var minimum: Double

  /// The names of the regions of which more must be covered.
  public var brainstemRegions: Set<String>

  /// The smallest covered share of those, 0 to 1.
  public var brainstemMinimum: Double

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - minimum: The smallest covered share, 0 to 1.
  ///   - brainstemRegions: The names of the regions of which more must be covered.
  ///   - brainstemMinimum: The smallest covered share of those, 0 to 1.
  public init(
    minimum: Double = 0.5,
    brainstemRegions: Set<String> = [],
    brainstemMinimum: Double = 0.8
  ) {
    self.minimum = minimum
    self.brainstemRegions = brainstemRegions
    self.brainstemMinimum = brainstemMinimum
  }

  /// Returns the effect of a row that counts, or why it does not.
  func effect(of row: RegionRow) -> (effect: Double?, reason: LeftOut.Reason?) {
    let needed =
      brainstemRegions.contains(row.region) ? max(brainstemMinimum, minimum) : minimum
    guard let coverage = row.coverage else { return (nil, .coverage(nil)) }
    guard coverage >= needed, !row.flags.contains(.lowCoverage) else {
      return (nil, .coverage(coverage))
    }
    guard let effect = row.effect, effect.isFinite else { return (nil, .noEffect) }
    return (effect, nil)
  }
}
