public import Atlas

/// What contra and ipsi refer to in a comparison, and what those get who have no side.
public struct CohortLaterality: Equatable, Sendable {
  /// What a group without sides, such as healthy controls, gets.
  public enum ControlSides: String, CaseIterable, Sendable {
    /// Each the side of a member of the other group, drawn so that both groups have as many of each.
    case yoked

    /// The mean of left and right, as contra and as ipsi.
    case mean
  }

  /// What contra and ipsi refer to.
  public let reference: SideReference

  /// What a group gets none of whose members has a side; `nil` refuses it.
  public let controls: ControlSides?

  /// Chooses what contra and ipsi refer to.
  ///
  /// - Parameters:
  ///   - reference: What they refer to.
  ///   - controls: What a group gets none of whose members has a side.
  public init(reference: SideReference, controls: ControlSides? = nil) {
    (self.reference, self.controls) = (reference, controls)
  }

  /// The column of the tables of participants that states the side.
  public var column: String {
    switch reference {
    case .stimulus: "stimulated_side"
    case .affected: "affected_side"
    }
  }
}

/// The side that a participant's contra and ipsi refer to, and where it comes from.
public struct MemberSide: Equatable, Sendable {
  /// Where a side comes from.
  public enum Source: Equatable, Sendable {
    /// A table of participants, or the events, state it.
    case stated

    /// It is that of another participant, by draw.
    case yoked(to: String)

    /// There is none: both sides were averaged.
    case mean
  }

  /// The participant's label, without `sub-`.
  public let participant: String

  /// The person's left or right; `nil` where runs differ, or both sides were averaged.
  public let side: Hemisphere?

  /// Where it comes from.
  public let source: Source
}
