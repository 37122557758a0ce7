import Glibc
import Statistics

/// Independent images of standard normal noise, one per volume, smooth over space if wanted.
struct NoiseField {
  /// The values, volume after volume, each stored with the first axis running fastest.
  private(set) var values: [Float]

  /// Draws the images.
  ///
  /// - Parameters:
  ///   - volumeCount: The number of images.
  ///   - size: The number of voxels along each axis, which close to a circle.
  ///   - smoothness: The full width at half maximum of the smoothing, in voxels; 0 for none.
  ///   - numbers: Where they are drawn from.
  init(volumeCount: Int, size: Int, smoothness: Int, numbers: inout SeededGenerator) {
    let count = volumeCount * size * size * size
    values = [Float](unsafeUninitializedCapacity: count) { buffer, written in
      for index in 0..<count { buffer[index] = Float(numbers.normal()) }
      written = count
    }
    guard smoothness > 0 else { return }
    let deviation = Double(smoothness) / (8 * log(2.0)).squareRoot()
    let radius = Int((3.5 * deviation).rounded(.up))
    let heights = (-radius...radius).map {
      exp(-0.5 * Double($0 * $0) / (deviation * deviation))
    }
    let length = heights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // Weights of unit length along each axis keep the variance at 1.
    let weights = heights.map { Float($0 / length) }
    for stride in [1, size, size * size] { smoothCircle(size, stride: stride, weights: weights) }
  }

  /// Smooths along one axis.
  private mutating func smoothCircle(_ size: Int, stride: Int, weights: [Float]) {
    let radius = weights.count / 2
    let block = size * stride
    let count = values.count
    var line = [Float](repeating: 0, count: block + 2 * radius * stride)
    values.withUnsafeMutableBufferPointer { values in
      line.withUnsafeMutableBufferPointer { line in
        guard let line = line.baseAddress, let values = values.baseAddress else { return }
        let margin = radius * stride
        for start in Swift.stride(from: 0, to: count, by: block) {
          // The block with its ends joined on both sides.
          let from = values + start
          line.update(from: from + block - margin, count: margin)
          (line + margin).update(from: from, count: block)
          (line + margin + block).update(from: from, count: margin)
          for index in 0..<block { from[index] = 0 }
          for (tap, weight) in weights.enumerated() {
            let shift = tap * stride
            for index in 0..<block { from[index] += weight * line[shift + index] }
          }
        }
      }
    }
  }
}
