import Glibc
internal import Imaging

/// Averages over the neighbours inside a mask, with Gaussian weights.
///
/// Only voxels of the mask with a finite value count, and the weights of those are scaled to sum
/// to 1, so nothing crosses the mask's edge. Along each stored axis the Gaussian is cut at 3 standard
/// deviations.
struct NeighbourAverage {
  private let mask: Mask
  private let weights: [[Double]]
  private let weightSums: [Double]
  private let isUsable: [Bool]

  /// Prepares the average.
  ///
  /// - Parameters:
  ///   - mask: The voxels.
  ///   - isUsable: For every voxel of the mask whether it counts.
  ///   - fwhm: The full width at half maximum, in mm; 0 leaves every voxel alone.
  init(over mask: Mask, usable isUsable: [Bool], fwhm: Double) {
    self.mask = mask
    self.isUsable = isUsable
    let deviation = fwhm / (8 * log(2.0)).squareRoot()
    let sizes = mask.grid.voxelSize
    let dimensions = mask.grid.dimensions
    weights = (0..<3).map { axis in
      let unit = sizes[axis] / max(deviation, sizes[axis] * 1e-3)
      let radius = min(Int(min(3 / unit, 1e6)), dimensions[axis] - 1)
      return (-radius...radius).map { exp(-0.5 * Double($0 * $0) * unit * unit) }
    }
    weightSums = convolved(isUsable.map { $0 ? 1 : 0 }, mask: mask, weights: weights)
  }

  /// Averages one map.
  ///
  /// - Parameter values: One value per voxel of the mask; those not usable are not read.
  /// - Returns: One average per voxel of the mask; NaN where the voxel itself is not usable.
  func callAsFunction(_ values: [Double]) -> [Double] {
    let counted = values.indices.map { isUsable[$0] ? values[$0] : 0 }
    let sums = convolved(counted, mask: mask, weights: weights)
    return sums.indices.map { isUsable[$0] ? sums[$0] / weightSums[$0] : .nan }
  }
}

/// Convolves along the three axes in turn, with 0 outside of the mask.
private func convolved(_ values: [Double], mask: Mask, weights: [[Double]]) -> [Double] {
  let dimensions = mask.grid.dimensions
  var image = [Double](repeating: 0, count: mask.grid.voxelCount)
  for (place, index) in mask.indices.enumerated() { image[index] = values[place] }
  var stride = 1
  for axis in 0..<3 {
    image = convolved(image, length: dimensions[axis], stride: stride, weights: weights[axis])
    stride *= dimensions[axis]
  }
  return mask.indices.map { image[$0] }
}

/// Convolves along one axis, `stride` elements from one voxel to the next.
private func convolved(
  _ image: [Double],
  length: Int,
  stride: Int,
  weights: [Double]
) -> [Double] {
  let radius = weights.count / 2
  guard radius > 0 else { return image }
  var result = [Double](repeating: 0, count: image.count)
  image.withUnsafeBufferPointer { image in
    result.withUnsafeMutableBufferPointer { result in
      for block in Swift.stride(from: 0, to: image.count, by: length * stride) {
        for i in 0..<length {
          for k in max(0, i - radius)...min(length - 1, i + radius) {
            let weight = weights[k - i + radius]
            let (to, from) = (block + i * stride, block + k * stride)
            for offset in 0..<stride { result[to + offset] += weight * image[from + offset] }
          }
        }
      }
    }
  }
  return result
}
