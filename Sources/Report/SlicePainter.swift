import Imaging

/// Paints the pixels of one slice: grey where nothing passes, colour where the statistic does.
struct SlicePainter {
  let grid: DisplayGrid
  let background: Volume?
  let statistic: Volume
  let threshold: Double?
  let largest: Double

  /// The values shown as black and as white.
  private let window: (black: Double, white: Double)

  init(
    grid: DisplayGrid,
    background: Volume?,
    statistic: Volume,
    threshold: Double?,
    largest: Double
  ) {
    self.grid = grid
    self.background = background
    self.statistic = statistic
    self.threshold = threshold
    self.largest = largest
    window = background.map { greyWindow(of: $0, inside: statistic) } ?? (0, 1)
  }

  /// Paints a slice.
  ///
  /// - Parameters:
  ///   - slice: The slice of the display grid.
  ///   - pixels: The picture.
  ///   - start: The slice's first pixel.
  ///   - stride: The number of pixels from one row to the next.
  func paint(_ slice: Int, into pixels: inout [UInt8], at start: Int, stride: Int) {
    for row in 0..<grid.counts.y {
      for column in 0..<grid.counts.x {
        let position = grid.position(column: column, row: row, slice: slice)
        pixels[start + row * stride + column] = colour(at: position)
      }
    }
  }

  private func colour(at position: SIMD3<Double>) -> UInt8 {
    if let threshold, let voxel = statistic.grid.nearestVoxel(to: position) {
      let z = Double(statistic.values[voxel])
      if let index = StatisticPalette.index(of: z, threshold: threshold, largest: largest) {
        return index
      }
    }
    guard let background, let value = linearValue(of: background, at: position) else { return 0 }
    return StatisticPalette.grey((value - window.black) / (window.white - window.black))
  }
}

/// The range of grey values in use inside the mask: black is 0 or below the darkest of them.
private func greyWindow(
  of background: Volume,
  inside statistic: Volume
) -> (black: Double, white: Double) {
  var values: [Float] = []
  for index in background.values.indices where background.values[index].isFinite {
    let position = background.grid.position(ofVoxel: index)
    guard let voxel = statistic.grid.nearestVoxel(to: position) else { continue }
    if statistic.values[voxel].isFinite { values.append(background.values[index]) }
  }
  if values.isEmpty { values = background.values.filter(\.isFinite) }
  guard !values.isEmpty else { return (0, 1) }
  values.sort()
  let white = Double(values[min(values.count - 1, values.count * 995 / 1000)])
  let black = min(0, Double(values[values.count / 200]))
  return white > black ? (black, white) : (black, black + 1)
}

/// The linearly interpolated value at a position, or `nil` outside the image.
private func linearValue(of volume: Volume, at position: SIMD3<Double>) -> Double? {
  let grid = volume.grid
  let last = SIMD3<Double>(grid.dimensions &- 1)
  var voxel = grid.inverseAffine(position)
  guard voxel.min() >= -0.5, (last - voxel).min() >= -0.5 else { return nil }
  voxel = voxel.clamped(lowerBound: .zero, upperBound: last)
  let lower = voxel.rounded(.down)
  let share = voxel - lower
  var (sum, total) = (0.0, 0.0)
  for corner in 0..<8 {
    let step = SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2))
    let weights = step * share + (1 - step) * (1 - share)
    let weight = weights.x * weights.y * weights.z
    guard weight > 0 else { continue }
    let at = lower + step
    let value = Double(volume.values[grid.index(Int(at.x), Int(at.y), Int(at.z))])
    guard value.isFinite else { continue }
    sum += weight * value
    total += weight
  }
  return total > 0 ? sum / total : nil
}
