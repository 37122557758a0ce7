/// Tables of the participants beside the dataset's `participants.tsv`.
public struct PhenotypeTables: Codable, Equatable, Sendable {
  /// The files.
  public var files: [String] = []

  /// Their column of the participants' labels; found where none is named.
  public var idColumn: String?

  /// No table but the dataset's own.
  public init() {}
}

/// What contra and ipsi refer to in the tables of a participant.
public enum LateralityChoice: String, Codable, CaseIterable, Sendable {
  /// The stimulated side where one is stated; no region is called contra or ipsi where none is.
  case stated

  /// The stimulated side, which every run must state.
  case stimulus

  /// The side that the disease affects; who has none has no contra and ipsi.
  case affected
}
