/// A map of every participant, of the same voxels; NaN where a participant has no value.
public struct GroupMaps: Sendable {
  /// The number of participants.
  public let participantCount: Int

  /// The number of voxels of each map.
  public let voxelCount: Int

  /// Participants × voxels.
  public private(set) var values: [Float]

  /// Creates maps without values.
  ///
  /// - Parameters:
  ///   - participantCount: The number of participants.
  ///   - voxelCount: The number of voxels of each map.
  public init(participantCount: Int, voxelCount: Int) {
    (self.participantCount, self.voxelCount) = (participantCount, voxelCount)
    values = [Float](repeating: .nan, count: participantCount * voxelCount)
  }

  /// Creates maps.
  ///
  /// - Parameter maps: The values of every participant, all of one length.
  public init(_ maps: [[Float]]) {
    self.init(participantCount: maps.count, voxelCount: maps.first?.count ?? 0)
    for (participant, map) in maps.enumerated() { set(map, ofParticipant: participant) }
  }

  /// Puts a participant's map in its place.
  ///
  /// - Parameters:
  ///   - map: One value per voxel; what is not finite counts as missing.
  ///   - participant: The participant, counted from 0.
  public mutating func set(_ map: [Float], ofParticipant participant: Int) {
    precondition(map.count == voxelCount, "one value per voxel")
    let first = participant * voxelCount
    for voxel in 0..<voxelCount { values[first + voxel] = map[voxel].isFinite ? map[voxel] : .nan }
  }

  /// Returns the values of one voxel.
  ///
  /// - Parameter voxel: The voxel, counted from 0.
  /// - Returns: One value per participant.
  public func values(ofVoxel voxel: Int) -> [Float] {
    (0..<participantCount).map { values[$0 * voxelCount + voxel] }
  }
}
