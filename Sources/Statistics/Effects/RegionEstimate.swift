/// What a model says of one region.
public struct RegionEstimate: Sendable {
  /// The participants with a value, by their rows in the design.
  public let participants: [Int]

  /// The effect, in the values' unit.
  public let effect: Double

  /// Its standard error, in the values' unit.
  public let standardError: Double

  /// The 95 % interval of the effect, of this region alone.
  public let interval: ConfidenceInterval

  /// The 95 % interval of the effect for all regions together, by the largest |t| of rearranged
  /// participants; `nil` without them.
  public internal(set) var familyInterval: ConfidenceInterval?

  /// effect / standardError.
  public let t: Double

  /// Those of the error.
  public let degreesOfFreedom: Double

  /// The two-sided p.
  public let p: Double

  /// The p over all regions, by rearranging participants; `nil` without.
  public internal(set) var familyP: Double?

  /// The effect over what varies between participants.
  public let standardised: StandardisedEffect?

  /// The smallest and the largest effect when one participant is left out.
  public let withoutOne: ConfidenceInterval

  /// The standardised effect that this design finds with 80 % power.
  ///
  /// At the level corrected for all regions; a correlation where the effect is one. It never uses the
  /// effect that was found.
  public internal(set) var detectable: Double
}
