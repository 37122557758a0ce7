public import Imaging

/// Axial slices side by side, left on the left, front at the top.
public struct AxialMontage: Equatable, Sendable {
  /// One slice of the picture.
  public struct Slice: Equatable, Sendable {
    /// Its first pixel from the left.
    public let left: Int

    /// Its first pixel from the top.
    public let top: Int

    /// Its height, in mm.
    public let height: Double
  }

  /// The picture.
  public let image: IndexedImage

  /// The slices, lowest first.
  public let slices: [Slice]

  /// The number of pixels of one slice from left to right.
  public let sliceWidth: Int

  /// The number of pixels of one slice from front to back.
  public let sliceHeight: Int

  /// The |z| of the brightest colour.
  public let largest: Double

  /// Draws the slices of an image, with the statistic that passes a threshold in colour.
  ///
  /// Both are taken by position, so their grids and storage orders may differ. The grey image is
  /// interpolated linearly; the statistic shows the nearest voxel, as it is.
  ///
  /// - Parameters:
  ///   - background: The grey image; `nil` draws the statistic on black.
  ///   - statistic: The statistic; NaN where there is none. Its extent is what is drawn.
  ///   - threshold: The |statistic| from which it is shown; `nil` shows none.
  ///   - sliceCount: The largest number of slices.
  ///   - largestWidth: The largest number of pixels of a slice along x or y.
  public init(
    background: Volume?,
    statistic: Volume,
    threshold: Double?,
    sliceCount: Int = 14,
    largestWidth: Double = 120
  ) {
    let inside = statistic.values.indices.filter { statistic.values[$0].isFinite }
    let grid = DisplayGrid(of: statistic.grid, around: inside, largestWidth: largestWidth)
    let peak = inside.max { statistic.values[$0].magnitude < statistic.values[$1].magnitude }
    let scale = (threshold ?? 0) + 1
    largest = max(scale, (peak.map { Double(statistic.values[$0].magnitude) } ?? 0).rounded(.up))
    let passing = peak.flatMap { index -> Double? in
      guard let threshold, Double(statistic.values[index].magnitude) >= threshold else {
        return nil
      }
      return statistic.grid.position(ofVoxel: index).z
    }
    let chosen = chosenSlices(of: grid, count: sliceCount, including: passing)
    let columnCount = min(chosen.count, 7)
    let rowCount = (chosen.count + columnCount - 1) / columnCount
    let painter = SlicePainter(
      grid: grid,
      background: background,
      statistic: statistic,
      threshold: threshold,
      largest: largest
    )
    let width = columnCount * grid.counts.x
    var pixels = [UInt8](repeating: 0, count: width * rowCount * grid.counts.y)
    var slices: [Slice] = []
    for (place, slice) in chosen.enumerated() {
      let left = place % columnCount * grid.counts.x
      let top = place / columnCount * grid.counts.y
      painter.paint(slice, into: &pixels, at: top * width + left, stride: width)
      slices.append(Slice(left: left, top: top, height: grid.height(ofSlice: slice)))
    }
    image = IndexedImage(
      width: width,
      height: rowCount * grid.counts.y,
      pixels: pixels,
      palette: StatisticPalette.colours
    )
    self.slices = slices
    sliceWidth = grid.counts.x
    sliceHeight = grid.counts.y
  }
}

/// Evenly spaced slices, the nearest of which moves to the height that must be seen.
private func chosenSlices(of grid: DisplayGrid, count: Int, including height: Double?) -> [Int] {
  let total = grid.counts.z
  let count = max(1, count)
  guard total > count else { return Array(0..<total) }
  // The outermost slices of a mask show hardly any brain.
  var slices = (0..<count).map { place in
    Int(((Double(place) + 0.7) / (Double(count) + 0.4) * Double(total - 1)).rounded())
  }
  if let height {
    let wanted = grid.slice(nearest: height)
    if let nearest = slices.indices.min(by: {
      abs(slices[$0] - wanted) < abs(slices[$1] - wanted)
    }) {
      slices[nearest] = wanted
    }
  }
  return Array(Set(slices)).sorted()
}
