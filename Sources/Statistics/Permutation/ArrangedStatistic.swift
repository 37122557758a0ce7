internal import CGroupKernel

/// A statistic that can be computed under every arrangement of a list.
protocol ArrangedStatistic: Sendable {
  /// Computes z under up to eight arrangements.
  ///
  /// - Parameters:
  ///   - indices: Which of the list.
  ///   - maps: 8 × voxels, 0 on entry; filled where something is tested, unless it is null.
  /// - Returns: The largest |z| of each.
  func evaluate(_ indices: Range<Int>, into maps: UnsafeMutablePointer<Float>?) -> [Float]
}

/// Least squares under every arrangement.
struct ArrangedLeastSquares: ArrangedStatistic {
  let patterns: [PreparedPattern]
  let arrangements: Arrangements
  let voxelCount: Int

  /// Prepares the maps; sets of participants that no arrangement can take are left out.
  init(
    _ maps: GroupMaps,
    _ model: GroupModel,
    contrast: Int,
    _ presence: Presence,
    _ arrangements: Arrangements,
    ofEffect: Bool,
    threads: Int
  ) {
    patterns = presence.patterns.compactMap { pattern in
      guard
        let statistic = PackedStatistic(
          model,
          contrast: contrast,
          pattern.design,
          arrangements.resampling
        )
      else { return nil }
      let prepared = PreparedPattern(maps, pattern, statistic, ofEffect: ofEffect, threads: threads)
      return arrangements.sources(0, present: prepared.present) == nil ? nil : prepared
    }
    self.arrangements = arrangements
    voxelCount = maps.voxelCount
  }

  /// The voxels at which there is a statistic.
  var voxels: [Int] { patterns.flatMap(\.voxels) }

  func evaluate(_ indices: Range<Int>, into maps: UnsafeMutablePointer<Float>?) -> [Float] {
    let (width, lanes) = (Int(CGR_ARRANGEMENTS), Int(CGR_LANES))
    let block = width * lanes
    let room = UnsafeMutableRawPointer.allocate(
      byteCount: 2 * block * MemoryLayout<Float>.size,
      alignment: Int(CGR_ALIGNMENT)
    )
    defer { room.deallocate() }
    let z = room.bindMemory(to: Float.self, capacity: 2 * block)
    let largest = z + block
    largest.update(repeating: 0, count: block)
    for pattern in patterns {
      let weights = UnsafeMutablePointer<Float>.allocate(capacity: pattern.statistic.weightCount)
      defer { weights.deallocate() }
      pattern.statistic.fill(arrangements, indices, present: pattern.present, into: weights)
      for strip in 0..<pattern.stripCount {
        pattern.zScores(strip: strip, weights: weights, into: z, largest: largest)
        guard let maps else { continue }
        let voxels = pattern.voxels[
          strip * lanes..<min((strip + 1) * lanes, pattern.voxels.count)
        ]
        for arrangement in indices.indices {
          let (map, row) = (
            maps + (arrangement - indices.lowerBound) * voxelCount,
            z + (arrangement - indices.lowerBound) * lanes
          )
          for (lane, voxel) in voxels.enumerated() { map[voxel] = row[lane] }
        }
      }
    }
    return (0..<indices.count).map { arrangement in
      (0..<lanes).reduce(0) { max($0, largest[arrangement * lanes + $1]) }
    }
  }
}
