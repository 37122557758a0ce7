internal import Algebra
internal import CGroupKernel
internal import Imaging

/// The residuals of one set of participants at its voxels, in strips, ready to be rearranged.
final class PreparedPattern: @unchecked Sendable {
  let statistic: PackedStatistic
  let voxels: [Int]
  let present: [Bool]
  let stripCount: Int

  private let residuals: UnsafeMutableRawPointer
  private let squares: UnsafeMutableRawPointer
  private let width = Int(CGR_LANES)

  /// Takes the nuisances off the values.
  ///
  /// - Parameters:
  ///   - maps: The values.
  ///   - pattern: The participants and the voxels.
  ///   - statistic: What is computed of them.
  ///   - ofEffect: Whether the effect is left in.
  ///   - threads: The number of threads.
  init(
    _ maps: GroupMaps,
    _ pattern: Presence.Pattern,
    _ statistic: PackedStatistic,
    ofEffect: Bool,
    threads: Int
  ) {
    self.statistic = statistic
    voxels = pattern.voxels
    let set = Set(pattern.design.present)
    present = (0..<maps.participantCount).map { set.contains($0) }
    stripCount = (voxels.count + width - 1) / width
    let (rows, groups) = (statistic.participants.count, statistic.groupCount)
    let size = MemoryLayout<Float>.size * width * stripCount
    residuals = .allocate(byteCount: max(1, size * rows), alignment: Int(CGR_ALIGNMENT))
    squares = .allocate(byteCount: max(1, size * groups), alignment: Int(CGR_ALIGNMENT))
    let basis = ofEffect ? statistic.nuisancesOfEffect : statistic.nuisances
    let scales = ofEffect ? [Double](repeating: 1, count: rows) : statistic.scales
    let order = (0..<rows).map { Int32($0) }
    var groupOf = [Int32](repeating: 0, count: rows)
    for row in statistic.rows.indices where groups > 1 {
      for place in statistic.rows[row].range {
        groupOf[place] = statistic.packed.pointee.rows[row].group
      }
    }
    let slab = 64
    forEachSlab((stripCount + slab - 1) / slab, threads: threads) { [groupOf] index in
      let strip = UnsafeMutablePointer<Float>.allocate(capacity: rows * width)
      defer { strip.deallocate() }
      for number in index * slab..<min((index + 1) * slab, stripCount) {
        gather(maps, number, into: strip)
        cgr_kernels_in_use().pointee.prepare(
          strip,
          order,
          Int32(rows),
          basis.elements,
          Int32(basis.columnCount),
          scales,
          groupOf,
          Int32(groups),
          residuals(of: number),
          squares(of: number)
        )
      }
    }
  }

  deinit {
    residuals.deallocate()
    squares.deallocate()
  }

  private func gather(_ maps: GroupMaps, _ number: Int, into strip: UnsafeMutablePointer<Float>) {
    maps.values.withUnsafeBufferPointer { values in
      for (row, participant) in statistic.participants.enumerated() {
        for lane in 0..<width {
          let place = number * width + lane
          strip[row * width + lane] =
            place < voxels.count ? values[participant * maps.voxelCount + voxels[place]] : 0
        }
      }
    }
  }

  private func residuals(of strip: Int) -> UnsafeMutablePointer<Float> {
    residuals.assumingMemoryBound(to: Float.self)
      + strip * statistic.participants.count * width
  }

  private func squares(of strip: Int) -> UnsafeMutablePointer<Float> {
    squares.assumingMemoryBound(to: Float.self) + strip * statistic.groupCount * width
  }

  /// Computes z of eight arrangements at 16 voxels.
  ///
  /// - Parameters:
  ///   - strip: Which 16.
  ///   - weights: The arrangements' weights.
  ///   - z: 8 × 16.
  ///   - largest: 8 × 16 running maxima of |z|; raised.
  func zScores(
    strip: Int,
    weights: UnsafePointer<Float>,
    into z: UnsafeMutablePointer<Float>,
    largest: UnsafeMutablePointer<Float>
  ) {
    cgr_kernels_in_use().pointee.z_scores(
      statistic.packed,
      residuals(of: strip),
      squares(of: strip),
      weights,
      z,
      largest
    )
  }
}
