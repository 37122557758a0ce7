/// How a group model is tested by rearranging participants.
public struct PermutationRequest: Sendable {
  /// How data without the effect are made; `nil` for what is usual for the model.
  public var resampling: Resampling?

  /// Which participants may take each other's place; `nil` for all.
  public var blocks: ExchangeabilityBlocks?

  /// The number of arrangements, with the one that leaves all in place.
  public var count: Int

  /// Where there are at most so many arrangements, all are taken.
  public var exactLimit: Int

  /// The seed of the draw.
  public var seed: UInt64

  /// How small p values are found.
  public var tail: TailMethod

  /// How many participants a voxel needs.
  public var rule: PresenceRule

  /// Which voxels touch; without it there are no clusters and nothing is enhanced.
  public var lattice: Lattice?

  /// The |z| that forms clusters; `nil` for no clusters.
  public var clusterThreshold: Float?

  /// The exponents of threshold-free enhancement; `nil` for none.
  public var enhancement: Enhancement?

  /// The number of threads; it changes nothing but the time.
  public var threads: Int

  /// Creates a request for the largest |z| alone.
  ///
  /// - Parameters:
  ///   - count: The number of arrangements, with the one that leaves all in place.
  ///   - seed: The seed of the draw.
  ///   - threads: The number of threads.
  public init(count: Int = 5000, seed: UInt64 = 1, threads: Int = 1) {
    self.count = count
    exactLimit = 10_000
    self.seed = seed
    tail = .counted
    rule = PresenceRule()
    self.threads = threads
  }
}
