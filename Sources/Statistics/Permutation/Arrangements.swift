import Algebra

/// A list of ways to rearrange participants, shared by all contrasts; the first leaves all in place.
public struct Arrangements: Sendable {
  /// What is rearranged.
  public let resampling: Resampling

  /// Whether these are all the arrangements there are.
  public let isExact: Bool

  /// The seed they were drawn from, where they are not all.
  public let seed: UInt64

  /// The number of arrangements, with the one that leaves all in place.
  public var count: Int { resampling == .exchange ? sources.count : signs.count }

  /// For exchanges the unit that comes to the place of each unit.
  private let sources: [[Int32]]

  /// For flips one bit per unit: whether its sign changes.
  private let signs: [[Bool]]

  private let units: ExchangeUnits

  /// Draws the arrangements that a test asks for.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - resampling: How data without the effect are made.
  ///   - request: The blocks, the number of arrangements and the seed.
  /// - Throws: ``GroupModelError`` where the blocks leave nothing to arrange.
  init(
    _ model: GroupModel,
    _ resampling: Resampling,
    _ request: PermutationRequest
  ) throws(GroupModelError) {
    try self.init(
      model,
      resampling,
      blocks: request.blocks,
      count: request.count,
      exactLimit: request.exactLimit,
      seed: request.seed
    )
  }

  /// Lists arrangements: all where there are few, else draws some.
  ///
  /// - Parameters:
  ///   - model: The model; participants with the same row of the design are alike.
  ///   - resampling: What is rearranged.
  ///   - blocks: Which participants may take each other's place.
  ///   - count: The number to draw, with the one that leaves all in place.
  ///   - exactLimit: Where there are at most so many, or at most `count`, all are listed.
  ///   - seed: The seed of the draw.
  /// - Throws: ``GroupModelError`` where blocks do not fit the participants.
  public init(
    _ model: GroupModel,
    _ resampling: Resampling,
    blocks: ExchangeabilityBlocks? = nil,
    count: Int,
    exactLimit: Int = 10_000,
    seed: UInt64
  ) throws(GroupModelError) {
    let blocks = blocks ?? .none(model.participantCount)
    guard blocks.blockOf.count == model.participantCount else {
      throw .blocks("\(blocks.blockOf.count) are named for \(model.participantCount) participants")
    }
    units = ExchangeUnits(blocks)
    self.resampling = resampling
    self.seed = seed
    let limit = Double(max(exactLimit, count))
    switch resampling {
    case .exchange:
      signs = []
      let kinds = units.kinds(model)
      isExact = units.exchangeCount(kinds) <= limit
      sources = isExact ? units.allExchanges(kinds) : units.exchanges(count, seed: seed)
      guard sources.count > 1 else { throw .blocks("no exchange is left within them") }
    case .signFlips, .residualFlips:
      sources = []
      isExact = units.members.count < 60 && Double(UInt64(1) << units.members.count) <= limit
      signs = isExact ? units.allFlips() : units.flips(count, seed: seed)
    }
  }

  /// Returns the signs of all participants in one arrangement.
  func signs(_ index: Int, participants: Int) -> [Float] {
    var result = [Float](repeating: 1, count: participants)
    guard resampling != .exchange else { return result }
    for (unit, isFlipped) in signs[index].enumerated() where isFlipped {
      for member in units.members[unit] { result[member] = -1 }
    }
    return result
  }

  /// Returns whose data come to the place of each participant of a set: of the others each class
  /// closes its ranks.
  ///
  /// - Parameters:
  ///   - index: The arrangement.
  ///   - present: Whether each participant is in the set.
  /// - Returns: One source per participant, -1 for those outside the set; `nil` where the set cuts
  ///   through a block that moves as a whole.
  func sources(_ index: Int, present: [Bool]) -> [Int32]? {
    guard resampling == .exchange else {
      return present.indices.map { present[$0] ? Int32($0) : -1 }
    }
    var result = [Int32](repeating: -1, count: present.count)
    var isWhole = [Bool](repeating: false, count: units.members.count)
    for (unit, members) in units.members.enumerated() {
      let count = members.count { present[$0] }
      guard count == 0 || count == members.count else { return nil }
      isWhole[unit] = count > 0
    }
    for members in units.classes {
      let places = members.filter { isWhole[$0] }
      let arrivals = members.map { Int(sources[index][$0]) }.filter { isWhole[$0] }
      for (place, arrival) in zip(places, arrivals) {
        for (to, from) in zip(units.members[place], units.members[arrival]) {
          result[to] = Int32(from)
        }
      }
    }
    return result
  }
}
