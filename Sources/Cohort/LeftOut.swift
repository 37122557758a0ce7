/// A participant who takes no part, and why.
public struct LeftOut: Equatable, Sendable {
  /// Why a participant takes no part.
  public enum Reason: Equatable, Sendable {
    /// The phenotype table has no row for the participant.
    case notInPhenotype

    /// The phenotype table says `n/a` or nothing in the compared column.
    case groupNotStated

    /// The phenotype table says `n/a` or nothing in another column that the design needs.
    case noValue(String)

    /// The participant belongs to a group that is not compared.
    case otherGroup(String)

    /// There is no region table of the participant.
    case noResults

    /// There are several runs or sessions, and no row in which they are combined.
    case notCombined([String])

    /// The table has no row for the region and contrast.
    case noRow

    /// The row holds no effect.
    case noEffect

    /// Both sides are stated, so that nothing is contra or ipsi.
    case bothSides

    /// Too little of the region lies inside the analysed brain; the share, where it is known.
    case coverage(Double?)
  }

  /// The participant's label, without `sub-`.
  public let participant: String

  /// Why the participant takes no part.
  public let reason: Reason

  /// Says that a participant takes no part.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, without `sub-`.
  ///   - reason: Why the participant takes no part.
  public init(participant: String, reason: Reason) {
    (self.participant, self.reason) = (participant, reason)
  }
}

extension LeftOut.Reason: CustomStringConvertible {
  /// The reason in a few words, as tables and reports show it.
  public var description: String {
    switch self {
    case .notInPhenotype: "missing from the phenotype table"
    case .groupNotStated: "no group stated in the phenotype table"
    case .noValue(let column): "no \(column) stated in the phenotype table"
    case .otherGroup(let level): "in the group \(level)"
    case .noResults: "no region table"
    case .notCombined(let names): "not combined over \(names.joined(separator: ", "))"
    case .noRow: "no row for the region and contrast"
    case .noEffect: "no effect in the row"
    case .bothSides: "both sides stated, so that none is contra or ipsi"
    case .coverage(let share?) where (0...1).contains(share):
      "only \(Int((100 * share).rounded(.down))) % of the region in view"
    case .coverage: "coverage of the region not known"
    }
  }
}
