internal import CGLMKernel
public import CInstructionSet

/// The kernel that is as fast as the machine allows: vectors of 16 voxels, in the widest registers
/// that the processor has.
///
/// float32 arithmetic sums in chunks, and finishes in float64 what does not grow with the number of
/// volumes; it gives t to about 1e-4 of what float64 gives. The same bytes on x86-64-v3 and -v4.
public struct OptimizedKernel: StripKernel {
  /// The arithmetic of all that grows with the number of volumes.
  public enum Precision: Sendable {
    /// Single precision.
    case float32

    /// Double precision.
    case float64
  }

  /// The arithmetic.
  public let precision: Precision

  // A table of functions that nothing ever changes.
  private nonisolated(unsafe) let kernels: UnsafePointer<cgk_kernels>

  /// Creates the kernel.
  ///
  /// - Parameter precision: The arithmetic.
  public init(_ precision: Precision) {
    self.precision = precision
    kernels = cgk_kernels_in_use()
  }

  /// Creates the kernel of an instruction set, to compare with others.
  ///
  /// - Parameters:
  ///   - precision: The arithmetic.
  ///   - level: The instruction set; `nil` comes of one that the processor has not.
  public init?(_ precision: Precision, at level: cis_level) {
    guard let kernels = cgk_kernels_at(level) else { return nil }
    self.precision = precision
    self.kernels = kernels
  }

  /// See ``StripKernel/autocovariances(_:design:into:)``.
  public func autocovariances(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    into sums: UnsafeMutablePointer<Double>
  ) {
    estimate(strip, design: design, scratch: KernelScratch(for: design), into: sums)
  }

  /// See ``StripKernel/fit(_:design:noise:into:)``.
  public func fit(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    noise: UnsafePointer<Double>,
    into results: UnsafeMutablePointer<Double>
  ) {
    let scratch = KernelScratch(for: design)
    fit(strip, design: design, noise: noise, scratch: scratch, into: results)
  }

  /// Fits a strip, with scratch memory that is used again for the next.
  ///
  /// - Parameters:
  ///   - strip: All volumes × 16.
  ///   - design: The design, with its contrasts.
  ///   - noise: 16 memories, then 16 shares.
  ///   - scratch: Memory made for the design.
  ///   - results: As in ``StripKernel/fit(_:design:noise:into:)``.
  public func fit(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    noise: UnsafePointer<Double>,
    scratch: KernelScratch,
    into results: UnsafeMutablePointer<Double>
  ) {
    let packed = design.packed.design
    switch precision {
    case .float32: kernels.pointee.fit32(packed, strip, noise, scratch.base, results)
    case .float64: kernels.pointee.fit64(packed, strip, noise, scratch.base, results)
    }
  }

  /// Forms the residuals of a strip: their autocovariances, and what else is wanted of them.
  ///
  /// - Parameters:
  ///   - strip: All volumes × 16.
  ///   - design: The design, with its lags.
  ///   - scratch: Memory made for the design.
  ///   - sums: As in ``StripKernel/autocovariances(_:design:into:)``.
  ///   - summary: Filled with ``summaryBytes(_:)`` bytes for ``fit(summary:design:noise:scratch:into:)``.
  ///   - witnesses: Kept rows, and room for the residuals at them, each × 16, as shares of the root
  ///     of the residual sum of squares.
  public func estimate(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    scratch: KernelScratch,
    into sums: UnsafeMutablePointer<Double>,
    summary: UnsafeMutableRawPointer? = nil,
    witnesses: (rows: [Int32], values: UnsafeMutablePointer<Float>)? = nil
  ) {
    let packed = design.packed.design
    let rows = witnesses?.rows ?? []
    let count = Int32(rows.count)
    let values = witnesses?.values
    switch precision {
    case .float32:
      let summary = summary?.assumingMemoryBound(to: Float.self)
      kernels.pointee.estimate32(packed, strip, scratch.base, sums, summary, rows, count, values)
    case .float64:
      let summary = summary?.assumingMemoryBound(to: Double.self)
      kernels.pointee.estimate64(packed, strip, scratch.base, sums, summary, rows, count, values)
    }
  }

  /// Whether first-order noise can be fitted from a summary of the strip instead of the strip.
  ///
  /// - Parameter design: The design.
  /// - Returns: Whether its kept volumes are one unbroken stretch.
  public static func summarizes(_ design: KernelDesign) -> Bool { design.kept.segments.count == 1 }

  /// Returns the size of a summary.
  ///
  /// - Parameter design: The design.
  /// - Returns: The bytes of one strip; they do not grow with the number of volumes.
  public func summaryBytes(_ design: KernelDesign) -> Int {
    let size = precision == .float32 ? MemoryLayout<Float>.size : MemoryLayout<Double>.size
    return Int(cgk_summary_rows(design.packed.design)) * Int(CGK_LANES) * size
  }

  /// Fits first-order noise from a summary.
  ///
  /// - Parameters:
  ///   - summary: What ``estimate(_:design:scratch:into:summary:witnesses:)`` left.
  ///   - design: The design, with its contrasts.
  ///   - memory: 16 memories.
  ///   - scratch: Memory made for the design.
  ///   - results: As in ``StripKernel/fit(_:design:noise:into:)``.
  public func fit(
    summary: UnsafeRawPointer,
    design: KernelDesign,
    memory: UnsafePointer<Double>,
    scratch: KernelScratch,
    into results: UnsafeMutablePointer<Double>
  ) {
    let packed = design.packed.design
    switch precision {
    case .float32:
      let summary = summary.assumingMemoryBound(to: Float.self)
      kernels.pointee.fit_summary32(packed, summary, memory, scratch.base, results)
    case .float64:
      let summary = summary.assumingMemoryBound(to: Double.self)
      kernels.pointee.fit_summary64(packed, summary, memory, scratch.base, results)
    }
  }
}

/// Memory that the optimized kernel works in, used again from strip to strip by one thread.
public final class KernelScratch {
  /// Where it starts.
  let base: UnsafeMutableRawPointer

  /// Allocates what any call for some designs needs.
  ///
  /// - Parameter designs: The designs.
  public init(for designs: KernelDesign...) {
    base = Self.allocated(for: designs)
  }

  /// Allocates what any call for some designs needs.
  ///
  /// - Parameter designs: The designs.
  public init(for designs: [KernelDesign]) {
    base = Self.allocated(for: designs)
  }

  private static func allocated(for designs: [KernelDesign]) -> UnsafeMutableRawPointer {
    .allocate(
      byteCount: designs.map(\.packed.scratchBytes).max() ?? 1,
      alignment: Int(CGK_ALIGNMENT)
    )
  }

  deinit { base.deallocate() }
}

/// Multiplies and adds 16 float32 numbers in registers alone, as fast as the processor can: the limit
/// that a kernel is measured against.
///
/// - Parameter times: How many times 16 numbers are multiplied and added; a multiple of 12.
/// - Returns: A number that depends on all of it.
public func multiplyAndAdd(times: Int) -> Float {
  var numbers = [Float](repeating: 1, count: Int(CGK_LANES))
  cgk_kernels_in_use().pointee.multiply_add32(times, &numbers)
  return numbers[0]
}
