internal import GLMKernel
internal import Imaging
internal import Job

/// The summaries of a run's strips, from which first-order noise is fitted without the data.
///
/// Strips are written once each, by one thread, and read after that.
final class StripSummaries: @unchecked Sendable {
  private let memory: PageMemory?
  private let bytesPerStrip: Int

  /// Makes room where summaries serve: noise without white noise on top, and no censored volumes.
  ///
  /// - Parameters:
  ///   - request: The run.
  ///   - designs: Its designs.
  init(for request: RunFitRequest, designs: [KernelDesign]) {
    let kernel = OptimizedKernel(request.precision)
    let isSummarized =
      request.noise != .arma11 && designs.allSatisfy(OptimizedKernel.summarizes)
    bytesPerStrip = isSummarized ? designs.map(kernel.summaryBytes).max() ?? 0 : 0
    memory =
      isSummarized ? PageMemory(byteCount: bytesPerStrip * request.series.stripCount) : nil
  }

  /// The summary of a strip; `nil` where there are none.
  subscript(strip: Int) -> UnsafeMutableRawPointer? {
    memory.map { $0.base + strip * bytesPerStrip }
  }

  /// Lets a kernel write the summary of a strip.
  ///
  /// Lanes of other designs keep what they have.
  ///
  /// - Parameters:
  ///   - strip: The strip, and the lanes that count.
  ///   - kernel: The kernel, which tells the layout.
  ///   - design: The strip's design.
  ///   - write: Is given where to write; `nil` where no summary is kept.
  func receive(
    _ strip: Strip,
    kernel: OptimizedKernel,
    design: KernelDesign,
    _ write: (UnsafeMutableRawPointer?) -> Void
  ) {
    guard let target = self[strip.index] else { return write(nil) }
    guard strip.lanes.count < strip.laneCount else { return write(target) }
    let bytes = kernel.summaryBytes(design)
    let whole = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    defer { whole.deallocate() }
    write(whole)
    let size = kernel.precision == .float32 ? 4 : 8
    for row in stride(from: 0, to: bytes, by: size * MaskedSeries.laneCount) {
      for lane in strip.lanes {
        (target + row + lane * size).copyMemory(from: whole + row + lane * size, byteCount: size)
      }
    }
  }
}
