internal import GLMKernel
internal import Imaging

/// Sixteen voxels side by side, of which those of one design are to be fitted.
struct Strip {
  /// All volumes × 16 values.
  let values: UnsafePointer<Float>

  /// The design, counted from 0.
  let design: Int

  /// The lanes that belong to that design.
  let lanes: [Int]

  /// The place in the mask of lane 0.
  let firstPlace: Int
}

/// Calls a body for every strip and every design of its voxels, on a number of threads.
///
/// A strip that crosses from one plane into the next comes once per design.
///
/// - Parameters:
///   - series: The data.
///   - designOfVoxel: For every voxel of the mask its design.
///   - threads: The number of threads.
///   - body: Writes only what belongs to its lanes; called from any thread.
func forEachStrip(
  of series: MaskedSeries,
  designOfVoxel: [Int],
  threads: Int,
  _ body: @Sendable (Strip) -> Void
) {
  let width = MaskedSeries.laneCount
  let stripsPerSlab = 64
  let slabCount = (series.stripCount + stripsPerSlab - 1) / stripsPerSlab
  forEachSlab(slabCount, threads: threads) { slab in
    series.strips.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for strip in slab * stripsPerSlab..<min((slab + 1) * stripsPerSlab, series.stripCount) {
        let firstPlace = strip * width
        var left = Array(0..<min(width, series.mask.count - firstPlace))
        while let lane = left.first {
          let design = designOfVoxel[firstPlace + lane]
          let isSame = { (lane: Int) in designOfVoxel[firstPlace + lane] == design }
          body(
            Strip(
              values: base + strip * series.volumeCount * width,
              design: design,
              lanes: left.filter(isSame),
              firstPlace: firstPlace
            )
          )
          left.removeAll(where: isSame)
        }
      }
    }
  }
}
