import CImageKernel
import Glibc
import Imaging

/// How coarse the images are made before they are compared.
struct RegistrationScale: Sendable {
  /// The wanted distance between samples, in mm; finer images are averaged over blocks.
  let spacing: Double

  /// The width of the Gaussian after that, in mm.
  let fwhm: Double

  /// The least width of the Gaussian, in voxels of each axis.
  var voxels = 0.0

  /// The degree of the spline through the moving image.
  let order: SplineOrder

  /// Wide enough for jumps of a head by two centimetres.
  static let far = RegistrationScale(spacing: 7, fwhm: 16, order: .cubic)

  /// Wide enough for the usual motion.
  static let near = RegistrationScale(spacing: 6, fwhm: 6, order: .cubic)

  /// The images at full resolution, less what is too fine to be interpolated.
  ///
  /// The finest structure of an image that was sampled at its voxels is partly not where it seems to
  /// be, and pulls poses towards whole voxels; a Gaussian of about one voxel takes it away and costs
  /// next to nothing of what the image knows.
  static let full = RegistrationScale(spacing: 0, fwhm: 0, voxels: 1.1, order: .septic)

  /// Returns an image at this scale, with 0 where the image holds no finite number.
  func image(of original: Volume) -> Volume {
    let factor = blockFactor(for: original.grid)
    guard factor.max() > 1 || fwhm > 0 || voxels > 0 else { return withoutGaps(original) }
    let volume = original.values.contains { !$0.isFinite } ? withoutGaps(original) : original
    let grid = self.grid(from: volume.grid, factor: factor)
    var values: [Float]
    if factor.max() > 1 {
      values = [Float](repeating: 0, count: grid.voxelCount)
      let block = cik_shape(x: Int32(factor.x), y: Int32(factor.y), z: Int32(factor.z))
      cik_block_mean(volume.values, volume.grid.kernelShape, block, &values)
    } else {
      values = volume.values
    }
    let width = pointwiseMax(SIMD3(repeating: fwhm), voxels * grid.voxelSize)
    let kernels = gaussianKernels(fwhm: width, voxelSize: grid.voxelSize)
    convolveWithinBorders(&values, dimensions: grid.dimensions, kernels: kernels)
    return Volume(grid: grid, values: values)
  }

  private func withoutGaps(_ volume: Volume) -> Volume {
    Volume(grid: volume.grid, values: volume.values.map { $0.isFinite ? $0 : 0 })
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
