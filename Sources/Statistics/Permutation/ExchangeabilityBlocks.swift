/// Which participants may take each other's place.
public struct ExchangeabilityBlocks: Equatable, Sendable {
  /// How blocks constrain arrangements.
  public enum Kind: Equatable, Sendable {
    /// Participants change places, and signs, one by one, but stay in their block.
    case within

    /// Blocks of one size change places, and signs, as a whole.
    case whole
  }

  /// The block of every participant.
  public let blockOf: [Int]

  /// How they constrain arrangements.
  public let kind: Kind

  /// Creates blocks.
  ///
  /// - Parameters:
  ///   - blockOf: The block of every participant, such as the site's or the family's number.
  ///   - kind: How they constrain arrangements.
  public init(blockOf: [Int], kind: Kind = .within) {
    (self.blockOf, self.kind) = (blockOf, kind)
  }

  /// Returns blocks that constrain nothing.
  ///
  /// - Parameter participants: The number of participants.
  /// - Returns: One block of everybody.
  public static func none(_ participants: Int) -> ExchangeabilityBlocks {
    ExchangeabilityBlocks(blockOf: [Int](repeating: 0, count: participants))
  }
}

/// What changes place as one: a participant, or a block.
struct ExchangeUnits: Sendable {
  /// The participants of every unit, ascending.
  let members: [[Int]]

  /// The units that may take each other's place, ascending.
  let classes: [[Int]]

  init(_ blocks: ExchangeabilityBlocks) {
    let byBlock = Dictionary(grouping: blocks.blockOf.indices) { blocks.blockOf[$0] }
      .values.sorted { $0[0] < $1[0] }
    switch blocks.kind {
    case .within:
      members = blocks.blockOf.indices.map { [$0] }
      classes = byBlock
    case .whole:
      members = byBlock
      classes = Dictionary(grouping: byBlock.indices) { byBlock[$0].count }
        .sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
