/// A model of a group that cannot be fitted, and why.
public enum GroupModelError: Error, Equatable, Sendable {
  /// The design has no column that is not 0.
  case empty

  /// A cell of the design is not a number; both counted from 0.
  case notFinite(participant: Int, column: Int)

  /// There are not more participants than independent columns.
  case noFreedom(participants: Int, columns: Int)

  /// A group's variance cannot be estimated, since the design explains all its members.
  case groupTooSmall

  /// The design does not say what the contrast asks.
  case notEstimable(contrast: String)

  /// Rows of an F contrast follow from others.
  case redundantRows(contrast: String)

  /// An F over groups whose variances are estimated apart is not offered.
  case separateVariances(contrast: String)

  /// The design is larger than the kernel takes.
  case tooLarge(columns: Int)

  /// The exchangeability blocks do not fit the resampling.
  case blocks(String)

  /// Nothing in the design changes when participants are exchanged.
  case nothingToExchange(contrast: String)
}

extension GroupModelError: CustomStringConvertible {
  /// One sentence for the person who asked.
  public var description: String {
    switch self {
    case .empty: "the group's design has no column to estimate; name a group or a score"
    case .notFinite(let participant, let column):
      """
      column \(column + 1) of the group's design is not a number for participant \
      \(participant + 1); leave that participant or that covariate out
      """
    case .noFreedom(let participants, let columns):
      """
      \(participants) participants cannot bear a design of \(columns) independent columns; \
      take covariates out or participants in
      """
    case .groupTooSmall:
      """
      the design explains all members of a group, so its own variance cannot be estimated; \
      assume equal variances or take covariates out
      """
    case .notEstimable(let contrast):
      "the design does not determine \(contrast); do its columns coincide, or is a group empty?"
    case .redundantRows(let contrast): "rows of \(contrast) follow from one another; drop them"
    case .separateVariances(let contrast):
      """
      \(contrast) compares several groups at once, which is offered for equal variances only; \
      ask for its planned contrasts one by one, or assume equal variances
      """
    case .tooLarge(let columns):
      """
      a design of \(columns) columns is more than permutations with separate variances take (16); \
      take covariates out
      """
    case .blocks(let reason): "the exchangeability blocks cannot be used: \(reason)"
    case .nothingToExchange(let contrast):
      "exchanging participants does not change \(contrast); flip signs instead"
    }
  }
}
