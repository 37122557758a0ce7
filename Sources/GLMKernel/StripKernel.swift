/// What fits one strip of 16 voxels; every implementation gives the same numbers to its precision.
///
/// A strip is *volumes* × 16 float32, the 16 voxels of a volume side by side. Results are
/// *rows* × 16 float64, the voxels side by side as well. A voxel whose kept values are not finite or
/// all the same, or that the design explains without any residual, gets NaN in every row.
public protocol StripKernel: Sendable {
  /// Sums the products of the least-squares residuals at each lag of the design.
  ///
  /// - Parameters:
  ///   - strip: All volumes × 16.
  ///   - design: The design, with its lags.
  ///   - sums: Filled with ``KernelDesign/sumCount`` × 16: the sums over the pairs at each lag from 0,
  ///     where row 0 is the residual sum of squares; then the sum of squares of the data, about their
  ///     mean where the design spans a constant and about 0 where not.
  func autocovariances(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    into sums: UnsafeMutablePointer<Double>
  )

  /// Fits by generalised least squares.
  ///
  /// - Parameters:
  ///   - strip: All volumes × 16.
  ///   - design: The design, with its contrasts.
  ///   - noise: The noise of the 16 voxels: 16 memories, then 16 shares; see ``NoiseShape``.
  ///   - results: Filled with ``KernelDesign/resultCount`` × 16: the variance of the noise; then
  ///     what ``BasisContrast/resultCount`` says for each contrast.
  func fit(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    noise: UnsafePointer<Double>,
    into results: UnsafeMutablePointer<Double>
  )
}
