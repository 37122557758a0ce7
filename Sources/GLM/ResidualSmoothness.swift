import Glibc
internal import Imaging

/// Returns how smooth residuals are, as the full width at half maximum of a Gaussian.
///
/// Along each axis the correlation of neighbours of one image of residuals is r = exp(-2 ln 2 (d / FWHM)²)
/// where white noise was smoothed by that Gaussian, d apart. Every voxel counts alike, since its
/// residuals are given as shares of their own size.
///
/// - Parameter residuals: A few volumes of residuals, each voxel's of unit size; NaN where it has none.
/// - Returns: The width along the stored axes, in mm: 0 where neighbours do not agree, NaN where there
///   are none.
///
/// Source: Forman et al. (1995), *Magn. Reson. Med.* 33(5), 636-647, doi:10.1002/mrm.1910330508.
func smoothness(of residuals: MaskedSeries) -> SIMD3<Double> {
  let mask = residuals.mask
  let dimensions = mask.grid.dimensions
  let steps = [1, dimensions.x, dimensions.x * dimensions.y]
  var result = SIMD3<Double>(repeating: .nan)
  for axis in 0..<3 {
    var (product, square) = (0.0, 0.0)
    for (place, index) in mask.indices.enumerated() {
      let isLast = index / steps[axis] % dimensions[axis] == dimensions[axis] - 1
      guard !isLast, mask.contains(index + steps[axis]) else { continue }
      let other = Int(mask.places[index + steps[axis]])
      for volume in 0..<residuals.volumeCount {
        let a = Double(residuals.strips[residuals.offset(ofVoxel: place, volume: volume)])
        let b = Double(residuals.strips[residuals.offset(ofVoxel: other, volume: volume)])
        guard a.isFinite, b.isFinite else { continue }
        product += a * b
        square += 0.5 * (a * a + b * b)
      }
    }
    guard square > 0 else { continue }
    let correlation = product / square
    let size = mask.grid.voxelSize[axis]
    result[axis] = correlation > 0 ? size * (2 * log(2.0) / -log(correlation)).squareRoot() : 0
  }
  return result
}
