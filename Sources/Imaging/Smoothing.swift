public import CImageKernel
import Glibc

/// Returns a run smoothed in space with a Gaussian, inside its mask alone.
///
/// A voxel becomes the weighted mean of the mask's voxels around it, the weights normalised over the
/// mask: nothing from outside comes in, and the mean level is kept at the edge.
///
/// A run that nobody else holds is smoothed where it lies, without a second one.
///
/// - Parameters:
///   - series: The run; its values are finite.
///   - fwhm: The full width at half maximum, in mm; 0 returns the run as it is.
///   - places: Voxels of the mask that give nothing to their neighbours; what they become themselves
///     has no meaning.
///   - threads: The number of threads; no result depends on it.
/// - Returns: The smoothed run, in the same mask.
/// - Complexity: O(voxels of the grid × volumes × kernel width).
public func smooth(
  _ series: consuming MaskedSeries,
  fwhm: Double,
  leavingOut places: [Int] = [],
  threads: Int
) -> MaskedSeries {
  let mask = series.mask
  guard fwhm > 0, mask.count > 0 else { return series }
  let isLeftOut = Set(places.map { mask.indices[$0] })
  let givers = Mask(grid: mask.grid) { mask.contains($0) && !isLeftOut.contains($0) }
  let kernel = MaskedGaussian(mask: givers, fwhm: SIMD3(repeating: fwhm))
  let (lanes, stride) = (MaskedSeries.laneCount, series.volumeCount * MaskedSeries.laneCount)
  let volumeCount = series.volumeCount
  series.strips.withUnsafeMutableBufferPointer { strips in
    guard let base = strips.baseAddress else { return }
    let target = SlabPointer(base)
    // A volume is read, smoothed and put back, so that no second run is kept.
    forEachSlab(volumeCount, threads: threads) { volume in
      let values = target.base + volume * lanes
      var image = [Float](repeating: 0, count: mask.grid.voxelCount)
      for (place, index) in mask.indices.enumerated() where givers.contains(index) {
        image[index] = values[place / lanes * stride + place % lanes]
      }
      kernel.apply(to: &image)
      for (place, index) in mask.indices.enumerated() {
        values[place / lanes * stride + place % lanes] = image[index]
      }
    }
  }
  return series
}

/// Returns an image smoothed with a Gaussian inside a mask, normalised by the mask.
///
/// - Parameters:
///   - volume: The image; its values in the mask are finite.
///   - mask: The voxels that take part, on the image's grid.
///   - fwhm: The full width at half maximum along each stored axis, in mm; 0 leaves an axis alone.
/// - Returns: The smoothed image, NaN outside the mask.
/// - Complexity: O(voxels × kernel width).
public func smooth(_ volume: Volume, inside mask: Mask, fwhm: SIMD3<Double>) -> Volume {
  precondition(volume.grid.dimensions == mask.grid.dimensions, "a mask on the image's grid")
  var image = [Float](repeating: 0, count: volume.values.count)
  for index in mask.indices { image[index] = volume.values[index] }
  MaskedGaussian(mask: mask, fwhm: fwhm).apply(to: &image)
  for index in 0..<image.count where !mask.contains(index) { image[index] = .nan }
  return Volume(grid: volume.grid, values: image)
}

/// A Gaussian that sees the voxels of a mask alone.
struct MaskedGaussian: Sendable {
  private let shape: cik_shape
  private let kernels: [[Float]]
  private let normalization: [Float]

  /// Prepares the smoothing of images that are 0 outside a mask.
  init(mask: Mask, fwhm: SIMD3<Double>) {
    shape = mask.grid.kernelShape
    kernels = gaussianKernels(fwhm: fwhm, voxelSize: mask.grid.voxelSize)
    var inside = [Float](repeating: 0, count: mask.grid.voxelCount)
    for index in mask.indices { inside[index] = 1 }
    convolve(&inside, shape: shape, kernels: kernels)
    normalization = inside
  }

  /// Calls a body for every voxel of which the mean of some smoothed voxels holds something.
  ///
  /// - Parameters:
  ///   - members: The storage indices of the smoothed voxels.
  ///   - mask: The mask that the smoothing was prepared for.
  ///   - body: Called with a voxel's storage index and the sum of its weights in the members.
  func forEachGiver(toMeanOf members: [Int], in mask: Mask, _ body: (Int, Double) -> Void) {
    let grid = mask.grid
    let voxels = members.map(grid.voxel)
    guard let first = voxels.first else { return }
    let reach = SIMD3(kernels[0].count - 1, kernels[1].count - 1, kernels[2].count - 1)
    let low = pointwiseMax(voxels.reduce(first, pointwiseMin) &- reach, SIMD3(repeating: 0))
    let high = pointwiseMin(voxels.reduce(first, pointwiseMax) &+ reach, grid.dimensions &- 1)
    let size = high &- low &+ 1
    var box = [Float](repeating: 0, count: size.x * size.y * size.z)
    for (index, voxel) in zip(members, voxels) {
      let at = voxel &- low
      box[at.x + size.x * (at.y + size.y * at.z)] = 1 / normalization[index]
    }
    let boxShape = cik_shape(x: Int32(size.x), y: Int32(size.y), z: Int32(size.z))
    convolve(&box, shape: boxShape, kernels: kernels)
    for (place, weight) in box.enumerated() where weight > 0 {
      let at = SIMD3(place % size.x, place / size.x % size.y, place / (size.x * size.y)) &+ low
      let index = grid.index(at.x, at.y, at.z)
      if mask.contains(index) { body(index, Double(weight)) }
    }
  }

  /// Smooths an image that is 0 outside the mask; outside it becomes 0 again or meaningless.
  func apply(to image: inout [Float]) {
    convolve(&image, shape: shape, kernels: kernels)
    for i in 0..<image.count where normalization[i] > 0 { image[i] /= normalization[i] }
  }
}

/// Returns per axis the weights of a sampled Gaussian from the middle outwards, of sum 1, cut at
/// four standard deviations.
///
/// - Parameters:
///   - fwhm: The full width at half maximum along each stored axis, in mm; 0 gives the weight 1.
///   - voxelSize: The distance between neighbouring voxels along each stored axis, in mm.
/// - Returns: Three lists of weights.
public func gaussianKernels(fwhm: SIMD3<Double>, voxelSize: SIMD3<Double>) -> [[Float]] {
  (0..<3).map { axis in
    let sigma = fwhm[axis] / (8 * log(2)).squareRoot() / voxelSize[axis]
    guard sigma > 0 else { return [1] }
    let radius = Int(min(4 * sigma + 0.5, 1000))
    let weights = (0...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = 2 * weights.reduce(0, +) - weights[0]
    return weights.map { Float($0 / sum) }
  }
}

/// Convolves an image along its three axes; beyond the image is 0.
///
/// - Parameters:
///   - image: One value per voxel, in storage order.
///   - shape: The number of voxels along each axis.
///   - kernels: Per axis the weights of a symmetric kernel, from the middle outwards.
public func convolve(_ image: inout [Float], shape: cik_shape, kernels: [[Float]]) {
  var other = image
  for axis in 0..<3 where kernels[axis].count > 1 {
    cik_convolve(image, shape, Int32(axis), kernels[axis], Int32(kernels[axis].count - 1), &other)
    swap(&image, &other)
  }
}

/// Convolves an image along its three axes; where the kernel reaches beyond the image, what is inside
/// counts for all of it, so that a border is no edge.
///
/// - Parameters:
///   - image: One value per voxel, in storage order.
///   - dimensions: The number of voxels along each axis.
///   - kernels: Per axis the weights of a symmetric kernel of sum 1, from the middle outwards.
public func convolveWithinBorders(
  _ image: inout [Float],
  dimensions: SIMD3<Int>,
  kernels: [[Float]]
) {
  let shape = cik_shape(x: Int32(dimensions.x), y: Int32(dimensions.y), z: Int32(dimensions.z))
  convolve(&image, shape: shape, kernels: kernels)
  let factors = (0..<3).map { axis in
    (0..<dimensions[axis]).map { 1 / weightInside(kernels[axis], at: $0, of: dimensions[axis]) }
  }
  let border = min(kernels[0].count - 1, dimensions.x)
  let ends = Set(0..<border).union(dimensions.x - border..<dimensions.x).sorted()
  image.withUnsafeMutableBufferPointer { image in
    for z in 0..<dimensions.z {
      for y in 0..<dimensions.y {
        let factor = factors[1][y] * factors[2][z]
        let first = (z * dimensions.y + y) * dimensions.x
        if factor != 1 { for x in 0..<dimensions.x { image[first + x] *= factor } }
        for x in ends { image[first + x] *= factors[0][x] }
      }
    }
  }
}

/// What a kernel's weights within a line of voxels sum to, around one of them; 1 in the middle.
private func weightInside(_ kernel: [Float], at place: Int, of count: Int) -> Float {
  let reach = kernel.count - 1
  guard place < reach || place >= count - reach else { return 1 }
  return (max(0, place - reach)...min(count - 1, place + reach)).reduce(0) {
    $0 + kernel[abs($1 - place)]
  }
}
