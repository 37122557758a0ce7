public import CImageKernel

/// The image kernels in plain Swift: what each is to compute, term by term and in float64.
///
/// They have the signatures of the kernels in C, which are held against them; nothing else uses them,
/// for they are hundreds of times slower. Where a kernel in C has an algorithm, such as a recursive
/// filter, its reference has the definition.
public enum ReferenceKernels {
  /// The kernels, in the form in which those of every instruction set are.
  public static var table: cik_kernels {
    cik_kernels(
      spline_coefficients: referenceSplineCoefficients,
      sample: referenceSample,
      normal_equations: referenceNormalEquations,
      cubic_gradient: referenceCubicGradient,
      convolve: referenceConvolve,
      block_mean: referenceBlockMean
    )
  }
}

extension cik_shape {
  /// The number of voxels along an axis.
  subscript(axis: Int) -> Int { Int([x, y, z][axis]) }

  /// The number of voxels.
  var count: Int { self[0] * self[1] * self[2] }

  /// Where a voxel stands in an image.
  func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (z * self[1] + y) * self[0] + x }

  /// Where a voxel stands in a padded coefficient volume; up to the padding beyond the image.
  func paddedIndex(_ x: Int, _ y: Int, _ z: Int) -> Int {
    let pad = Int(CIK_PADDING)
    let (width, height) = (self[0] + 2 * pad, self[1] + 2 * pad)
    return ((z + pad) * height + y + pad) * width + x + pad
  }

  /// The place that one beyond the ends of an axis is mirrored to, about the outermost centres.
  func mirrored(_ place: Int, axis: Int) -> Int {
    let count = self[axis]
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let inPeriod = ((place % period) + period) % period
    return min(inPeriod, period - inPeriod)
  }

  /// Calls a body with every voxel, x fastest.
  func forEachVoxel(_ body: (Int, Int, Int) -> Void) {
    for z in 0..<self[2] { for y in 0..<self[1] { for x in 0..<self[0] { body(x, y, z) } } }
  }
}
