internal import GLMKernel
internal import Imaging

/// Sixteen voxels side by side, of which those of one design are to be fitted.
struct Strip {
  /// All volumes × 16 values.
  let values: UnsafePointer<Float>

  /// The strip, counted from 0.
  let index: Int

  /// The design, counted from 0.
  let design: Int

  /// The lanes that belong to that design.
  let lanes: [Int]

  /// The lanes that hold a voxel, of this design or another.
  let laneCount: Int

  /// The place in the mask of lane 0.
  let firstPlace: Int
}

/// What a body needs to work on strips one after the other: memory, and the kernel.
final class StripWorkspace {
  /// The kernel.
  let kernel: OptimizedKernel

  /// The kernel's memory.
  let scratch: KernelScratch

  /// Room for the sums, or for the results, of a strip.
  var numbers: [Double]

  /// Room for the memories, then the shares, of a strip.
  var noise = [Double](repeating: 0, count: 2 * MaskedSeries.laneCount)

  /// Makes room for any of some designs.
  ///
  /// - Parameters:
  ///   - designs: The designs.
  ///   - precision: The kernel's arithmetic.
  init(for designs: [KernelDesign], precision: OptimizedKernel.Precision) {
    kernel = OptimizedKernel(precision)
    scratch = KernelScratch(for: designs)
    let rows = designs.map { max($0.sumCount, $0.resultCount) }.max() ?? 1
    numbers = [Double](repeating: 0, count: rows * MaskedSeries.laneCount)
  }
}

/// Calls a body for every strip and every design of its voxels, on a number of threads.
///
/// A strip that crosses from one plane into the next comes once per design.
///
/// - Parameters:
///   - request: The data, which voxel has which design, and the number of threads.
///   - designs: The designs.
///   - body: Writes only what belongs to its lanes; called from any thread.
func forEachStrip(
  of request: RunFitRequest,
  designs: [KernelDesign],
  _ body: @Sendable (Strip, StripWorkspace) -> Void
) {
  let width = MaskedSeries.laneCount
  let stripsPerSlab = 64
  let series = request.series
  let designOfVoxel = request.designOfVoxel
  let precision = request.precision
  let slabCount = (series.stripCount + stripsPerSlab - 1) / stripsPerSlab
  let allLanes = Array(0..<width)
  forEachSlab(slabCount, threads: request.threads) { slab in
    let workspace = StripWorkspace(for: designs, precision: precision)
    series.strips.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for index in slab * stripsPerSlab..<min((slab + 1) * stripsPerSlab, series.stripCount) {
        let firstPlace = index * width
        let laneCount = min(width, series.mask.count - firstPlace)
        var left = laneCount == width ? allLanes : Array(0..<laneCount)
        while let lane = left.first {
          let design = designOfVoxel[firstPlace + lane]
          let isOther = { (lane: Int) in designOfVoxel[firstPlace + lane] != design }
          let others = left.contains(where: isOther) ? left.filter(isOther) : []
          let strip = Strip(
            values: base + index * series.volumeCount * width,
            index: index,
            design: design,
            lanes: others.isEmpty ? left : left.filter { !isOther($0) },
            laneCount: laneCount,
            firstPlace: firstPlace
          )
          body(strip, workspace)
          left = others
        }
      }
    }
  }
}
