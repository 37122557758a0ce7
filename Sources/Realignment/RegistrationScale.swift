import CImageKernel
import Glibc
import Imaging

/// How coarse the images are made before they are compared.
struct RegistrationScale: Sendable {
  /// The wanted distance between samples, in mm; finer images are averaged over blocks.
  let spacing: Double

  /// The width of the Gaussian after that, in mm.
  let fwhm: Double

  /// The degree of the spline through the moving image.
  let order: SplineOrder

  /// Wide enough for jumps of a head by two centimetres.
  static let far = RegistrationScale(spacing: 7, fwhm: 16, order: .cubic)

  /// Wide enough for the usual motion.
  static let near = RegistrationScale(spacing: 6, fwhm: 6, order: .cubic)

  /// The images as they are.
  static let full = RegistrationScale(spacing: 0, fwhm: 0, order: .cubic)

  /// The images as they are, interpolated as exactly as they will be resampled.
  static let exact = RegistrationScale(spacing: 0, fwhm: 0, order: .septic)

  /// Returns an image at this scale, with 0 where the image holds no finite number.
  func image(of original: Volume) -> Volume {
    var volume = original
    for index in volume.values.indices where !volume.values[index].isFinite {
      volume.values[index] = 0
    }
    let factor = blockFactor(for: volume.grid)
    guard factor.max() > 1 || fwhm > 0 else { return volume }
    let grid = self.grid(from: volume.grid, factor: factor)
    var values = volume.values
    if factor.max() > 1 {
      var means = [Float](repeating: 0, count: grid.voxelCount)
      let block = cik_shape(x: Int32(factor.x), y: Int32(factor.y), z: Int32(factor.z))
      cik_block_mean(values, volume.grid.kernelShape, block, &means)
      values = means
    }
    let kernels = gaussianKernels(fwhm: SIMD3(repeating: fwhm), voxelSize: grid.voxelSize)
    convolve(&values, shape: grid.kernelShape, kernels: kernels)
    return Volume(grid: grid, values: values)
  }

  /// The voxels along each axis that are averaged into one; at least 8 voxels are left.
  private func blockFactor(for grid: Grid) -> SIMD3<Int> {
    var factor = SIMD3<Int>.one
    for axis in 0..<3 {
      let wanted = min(64, (spacing / grid.voxelSize[axis]).rounded())
      factor[axis] = max(1, min(Int(wanted), grid.dimensions[axis] / 8))
    }
    return factor
  }

  /// The grid of the blocks' centres.
  private func grid(from fine: Grid, factor: SIMD3<Int>) -> Grid {
    let size = SIMD3<Double>(factor)
    let toFine = Affine.scaling(size, then: (size - 1) / 2)
    let dimensions = fine.dimensions / factor
    return Grid(dimensions: dimensions, affine: fine.affine * toFine) ?? fine
  }
}
