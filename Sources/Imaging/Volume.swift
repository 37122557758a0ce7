/// One three-dimensional image.
public struct Volume: Equatable, Sendable {
  /// Where the voxels lie.
  public let grid: Grid

  /// One value per voxel, in storage order.
  public var values: [Float]

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - grid: Where the voxels lie.
  ///   - values: One value per voxel of the grid, in storage order.
  public init(grid: Grid, values: [Float]) {
    precondition(values.count == grid.voxelCount, "one value per voxel")
    self.grid = grid
    self.values = values
  }
}

/// The voxels of a grid that take part in an analysis.
public struct Mask: Equatable, Sendable {
  /// The grid of which this is a part.
  public let grid: Grid

  /// The storage indices of the voxels inside, ascending.
  public let indices: [Int]

  /// For every voxel of the grid its place in ``indices``, or -1 outside.
  public let places: [Int32]

  /// Creates a mask.
  ///
  /// - Parameters:
  ///   - grid: The grid of which this is a part.
  ///   - isInside: Whether a voxel is inside, by storage index.
  public init(grid: Grid, isInside: (Int) -> Bool) {
    var indices: [Int] = []
    var places = [Int32](repeating: -1, count: grid.voxelCount)
    for index in 0..<grid.voxelCount where isInside(index) {
      places[index] = Int32(indices.count)
      indices.append(index)
    }
    self.grid = grid
    self.indices = indices
    self.places = places
  }

  /// The number of voxels inside.
  public var count: Int { indices.count }

  /// Returns whether a voxel is inside.
  ///
  /// - Parameter index: A storage index of the grid.
  /// - Returns: Whether the voxel takes part.
  public func contains(_ index: Int) -> Bool { places[index] >= 0 }
}

/// One float64 per voxel of a mask, such as a statistic.
public struct MaskedMap: Equatable, Sendable {
  /// The voxels.
  public let mask: Mask

  /// One value per voxel of the mask, in the order of its indices; NaN where there is none.
  public var values: [Double]

  /// Creates a map.
  ///
  /// - Parameters:
  ///   - mask: The voxels.
  ///   - values: One value per voxel of the mask, in the order of its indices.
  public init(mask: Mask, values: [Double]) {
    precondition(values.count == mask.count, "one value per voxel of the mask")
    self.mask = mask
    self.values = values
  }

  /// The map as an image of the whole grid, with NaN outside the mask.
  public var volume: Volume {
    var filled = [Float](repeating: .nan, count: mask.grid.voxelCount)
    for (place, index) in mask.indices.enumerated() { filled[index] = Float(values[place]) }
    return Volume(grid: mask.grid, values: filled)
  }
}

/// An image whose values are the labels of regions; 0 is no region.
public struct LabelVolume: Equatable, Sendable {
  /// Where the voxels lie.
  public let grid: Grid

  /// One label per voxel, in storage order.
  public let labels: [Int32]

  /// Creates a label image.
  ///
  /// - Parameters:
  ///   - grid: Where the voxels lie.
  ///   - labels: One label per voxel, in storage order.
  public init(grid: Grid, labels: [Int32]) {
    precondition(labels.count == grid.voxelCount, "one label per voxel")
    self.grid = grid
    self.labels = labels
  }
}
