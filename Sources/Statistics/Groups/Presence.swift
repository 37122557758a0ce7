/// How many participants a voxel needs.
public struct PresenceRule: Equatable, Sendable {
  /// At least so many, or all where there are fewer.
  public var minimumCount: Int

  /// And at least this share of all.
  public var minimumShare: Double

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - minimumCount: At least so many, or all where there are fewer.
  ///   - minimumShare: And at least this share of all.
  public init(minimumCount: Int = 10, minimumShare: Double = 0.8) {
    (self.minimumCount, self.minimumShare) = (minimumCount, minimumShare)
  }

  /// Returns the number of participants that a voxel needs.
  ///
  /// - Parameter participants: How many there are.
  /// - Returns: The number.
  public func required(of participants: Int) -> Int {
    let share = (minimumShare * Double(participants)).rounded(.up)
    return min(participants, max(minimumCount, Int(max(0, min(share, Double(participants))))))
  }
}

/// Which participants have a value where, for voxels that differ in it.
public struct Presence: Sendable {
  /// One set of participants, and the voxels at which they are the ones with a value.
  struct Pattern: Sendable {
    let design: PresentDesign
    /// Ascending.
    let voxels: [Int]
  }

  /// The number of participants with a value, per voxel.
  public let counts: [Int]

  /// The number of voxels that are tested.
  public let testedCount: Int

  /// The number of voxels with a value of somebody that too few have, or where the design loses
  /// its rank.
  public let excludedCount: Int

  /// The sets of participants, the most complete first.
  let patterns: [Pattern]

  /// Finds the sets of participants of some maps.
  ///
  /// - Parameters:
  ///   - maps: The maps.
  ///   - model: The design.
  ///   - rule: How many participants a voxel needs.
  public init(_ maps: GroupMaps, _ model: GroupModel, rule: PresenceRule) {
    var missing = MissingBits(participantCount: maps.participantCount, voxelCount: maps.voxelCount)
    maps.values.withUnsafeBufferPointer { values in
      for participant in 0..<maps.participantCount {
        missing.note(
          UnsafeBufferPointer(
            rebasing: values[
              participant * maps.voxelCount..<(participant + 1) * maps.voxelCount
            ]
          ),
          ofParticipant: participant
        )
      }
    }
    self.init(missing, model, rule: rule)
  }

  /// Finds the sets of participants from what is missing.
  init(_ missing: MissingBits, _ model: GroupModel, rule: PresenceRule) {
    let participants = model.participantCount
    let required = rule.required(of: participants)
    var voxelsOf: [[UInt64]: [Int]] = [:]
    var complete: [Int] = []
    var counts = [Int](repeating: participants, count: missing.voxelCount)
    for voxel in 0..<missing.voxelCount {
      if missing.isComplete(voxel) {
        complete.append(voxel)
      } else {
        let key = missing.words(voxel)
        counts[voxel] -= key.reduce(0) { $0 + $1.nonzeroBitCount }
        if counts[voxel] >= required { voxelsOf[key, default: []].append(voxel) }
      }
    }
    var patterns: [Pattern] = []
    if !complete.isEmpty, let design = PresentDesign(model, present: Array(0..<participants)) {
      patterns.append(Pattern(design: design, voxels: complete))
    }
    for (key, voxels) in voxelsOf.sorted(by: { $0.value[0] < $1.value[0] }) {
      let present = (0..<participants).filter { key[$0 / 64] >> UInt64($0 % 64) & 1 == 0 }
      guard let design = PresentDesign(model, present: present) else { continue }
      patterns.append(Pattern(design: design, voxels: voxels))
    }
    self.counts = counts
    self.patterns = patterns
    testedCount = patterns.reduce(0) { $0 + $1.voxels.count }
    excludedCount = counts.count { $0 > 0 } - testedCount
  }
}

/// One bit per participant and voxel: whether the value is missing.
struct MissingBits: Sendable {
  let voxelCount: Int
  private let wordCount: Int
  private var bits: [UInt64]

  init(participantCount: Int, voxelCount: Int) {
    self.voxelCount = voxelCount
    wordCount = (participantCount + 63) / 64
    bits = [UInt64](repeating: 0, count: wordCount * voxelCount)
  }

  /// Notes which values of a participant are no numbers.
  mutating func note(_ values: UnsafeBufferPointer<Float>, ofParticipant participant: Int) {
    let (word, bit) = (participant / 64, UInt64(1) << UInt64(participant % 64))
    for voxel in 0..<voxelCount where !values[voxel].isFinite {
      bits[voxel * wordCount + word] |= bit
    }
  }

  func isComplete(_ voxel: Int) -> Bool {
    for word in 0..<wordCount where bits[voxel * wordCount + word] != 0 { return false }
    return true
  }

  func words(_ voxel: Int) -> [UInt64] {
    Array(bits[voxel * wordCount..<(voxel + 1) * wordCount])
  }
}
