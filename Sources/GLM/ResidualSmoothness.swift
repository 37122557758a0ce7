import Glibc
internal import Imaging

/// Returns how smooth residuals are, as the full width at half maximum of a Gaussian.
///
/// Along each axis neighbours of one image of residuals, d apart, have the correlation
/// exp(-2 ln 2 (d / FWHM)²) where white noise was smoothed by that Gaussian. Every voxel counts alike,
/// since its residuals are given as shares of their own size.
///
/// - Parameters:
///   - residuals: A few volumes of residuals, each voxel's of unit size; NaN where it has none.
///   - threads: The number of threads, on which the result does not depend.
/// - Returns: The width along the stored axes, in mm: 0 where neighbours do not agree, NaN where there
///   are none.
///
/// Source: Forman et al. (1995), *Magn. Reson. Med.* 33(5), 636-647, doi:10.1002/mrm.1910330508.
func smoothness(of residuals: MaskedSeries, threads: Int) -> SIMD3<Double> {
  let grid = residuals.mask.grid
  let sums = mapSlabs(residuals.volumeCount, threads: threads) { volume in
    let image = Image(of: residuals, volume: volume)
    return (0..<3).map { image.neighbours(along: $0) }
  }
  var result = SIMD3<Double>(repeating: .nan)
  for axis in 0..<3 {
    let product = sums.reduce(0) { $0 + $1[axis].product }
    let square = sums.reduce(0) { $0 + $1[axis].square }
    guard square > 0 else { continue }
    let correlation = product / square
    result[axis] =
      correlation > 0 ? grid.voxelSize[axis] * (2 * log(2.0) / -log(correlation)).squareRoot() : 0
  }
  return result
}

/// One volume on the whole grid, 0 where there is no voxel.
private struct Image {
  let dimensions: SIMD3<Int>
  private(set) var values: [Float]

  init(of series: MaskedSeries, volume: Int) {
    dimensions = series.mask.grid.dimensions
    values = [Float](repeating: 0, count: series.mask.grid.voxelCount)
    for (place, index) in series.mask.indices.enumerated() {
      let value = series.strips[series.offset(ofVoxel: place, volume: volume)]
      values[index] = value.isFinite ? value : 0
    }
  }

  /// The sums of products of neighbours, and of the means of their squares.
  ///
  /// Over pairs of voxels that are both there; a residual of exactly 0 counts as none.
  func neighbours(along axis: Int) -> (product: Double, square: Double) {
    let step = [1, dimensions.x, dimensions.x * dimensions.y][axis]
    let length = dimensions[axis] * step
    var (product, square) = (0.0, 0.0)
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for block in stride(from: 0, to: values.count, by: length) {
        let sums = pairSums(base + block, base + block + step, count: length - step)
        product += sums.product
        square += sums.square
      }
    }
    return (product, square)
  }
}

/// The sums over pairs of numbers of which neither is 0, in vectors of 16 with a fixed order.
private func pairSums(
  _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>,
  count: Int
) -> (product: Double, square: Double) {
  typealias Vector = SIMD16<Float>
  let width = Vector.scalarCount
  var (product, square) = (0.0, 0.0)
  for start in stride(from: 0, to: count - count % width, by: 64 * width) {
    var (products, squares) = (Vector.zero, Vector.zero)
    for offset in stride(
      from: start,
      to: min(start + 64 * width, count - count % width),
      by: width
    ) {
      let x = UnsafeRawPointer(a + offset).loadUnaligned(as: Vector.self)
      let y = UnsafeRawPointer(b + offset).loadUnaligned(as: Vector.self)
      let xy = x * y
      products += xy
      squares.replace(with: squares + 0.5 * (x * x + y * y), where: xy .!= 0)
    }
    product += Double(products.sum())
    square += Double(squares.sum())
  }
  for offset in count - count % width..<count where a[offset] * b[offset] != 0 {
    product += Double(a[offset] * b[offset])
    square += 0.5 * Double(a[offset] * a[offset] + b[offset] * b[offset])
  }
  return (product, square)
}
