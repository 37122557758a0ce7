/// The time series of the voxels of a mask, 16 voxels side by side.
///
/// Strip after strip of 16 voxels, each strip volume after volume, each volume 16 values: the layout
/// in which a kernel works on 16 voxels at once with contiguous loads. The last strip is filled up
/// with zeros.
public struct MaskedSeries: Sendable {
  /// The number of voxels side by side.
  public static let laneCount = 16

  /// The voxels.
  public let mask: Mask

  /// The number of volumes.
  public let volumeCount: Int

  /// The values, *strips* × *volumes* × 16.
  public var strips: [Float]

  /// Creates a series of zeros.
  ///
  /// - Parameters:
  ///   - mask: The voxels.
  ///   - volumeCount: The number of volumes.
  public init(zerosIn mask: Mask, volumeCount: Int) {
    self.mask = mask
    self.volumeCount = volumeCount
    let stripCount = (mask.count + Self.laneCount - 1) / Self.laneCount
    strips = [Float](repeating: 0, count: stripCount * volumeCount * Self.laneCount)
  }

  /// The number of strips.
  public var stripCount: Int { (mask.count + Self.laneCount - 1) / Self.laneCount }

  /// Returns where the value of a voxel in a volume is kept.
  ///
  /// - Parameters:
  ///   - place: The voxel's place in the mask.
  ///   - volume: The volume, counted from 0.
  /// - Returns: Its index in ``strips``.
  public func offset(ofVoxel place: Int, volume: Int) -> Int {
    (place / Self.laneCount * volumeCount + volume) * Self.laneCount + place % Self.laneCount
  }

  /// Returns the first volumes alone.
  ///
  /// - Parameter count: Their number, at most ``volumeCount``.
  /// - Returns: The same voxels, with fewer volumes.
  public func prefix(_ count: Int) -> MaskedSeries {
    precondition(0...volumeCount ~= count, "\(count) of \(volumeCount) volumes")
    guard count < volumeCount else { return self }
    var result = MaskedSeries(zerosIn: mask, volumeCount: count)
    let length = count * Self.laneCount
    for strip in 0..<stripCount {
      let start = strip * volumeCount * Self.laneCount
      for place in 0..<length { result.strips[strip * length + place] = strips[start + place] }
    }
    return result
  }

  /// Returns the time series of one voxel.
  ///
  /// - Parameter place: The voxel's place in the mask.
  /// - Returns: One value per volume.
  public func series(ofVoxel place: Int) -> [Double] {
    (0..<volumeCount).map { Double(strips[offset(ofVoxel: place, volume: $0)]) }
  }
}
