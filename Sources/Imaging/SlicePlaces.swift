/// Where the voxels of a mask were acquired along the slices of a run.
///
/// A voxel of one run that is moved to another run's grid may lie between two slices; it belongs to
/// both then, by its distance from each.
public struct SlicePlaces: Equatable, Sendable {
  /// The number of slices.
  public let sliceCount: Int

  /// For every voxel of the mask its place, from 0 to ``sliceCount`` - 1; not whole between slices.
  public let places: [Double]

  /// Creates places; those outside the slices are moved to the outermost one.
  ///
  /// - Parameters:
  ///   - places: For every voxel of the mask its place along the slices, from 0.
  ///   - sliceCount: The number of slices, at least 1.
  public init(_ places: [Double], sliceCount: Int) {
    precondition(sliceCount > 0, "at least one slice")
    let last = Double(sliceCount - 1)
    self.sliceCount = sliceCount
    self.places = places.map { $0 > 0 ? min($0, last) : 0 }
  }

  /// The slice of every voxel: the nearest.
  public var slices: [Int] { places.map { Int($0.rounded()) } }

  /// Returns how much of every slice a weighted mean of voxels holds.
  ///
  /// - Parameter voxels: The voxels' places in the mask and their weights, of a sum above 0.
  /// - Returns: One share per slice, of sum 1.
  public func shares(of voxels: [(place: Int, weight: Double)]) -> [Double] {
    var shares = [Double](repeating: 0, count: sliceCount)
    for (voxel, weight) in voxels { add(voxel, weight, to: &shares) }
    return normalized(shares)
  }

  /// Returns how much of every slice the smoothed voxels of a slice hold, on the average over them.
  ///
  /// Smoothing is normalised inside the mask, so that the kernel is lopsided where the mask ends or
  /// narrows: a voxel of the lowest slice holds more of its own slice and of the one above than a
  /// voxel in the middle does.
  ///
  /// - Parameters:
  ///   - mask: The voxels.
  ///   - fwhm: The full width at half maximum of the smoothing, in mm; 0 for none.
  ///   - places: Voxels of the mask that give nothing to their neighbours; see
  ///     ``smooth(_:fwhm:leavingOut:threads:)``.
  ///   - threads: The number of threads; no result depends on it.
  /// - Returns: For every slice one share per slice, of sum 1; a slice without voxels is all its own.
  /// - Complexity: O(voxels of the grid × kernel width²).
  public func smoothedShares(
    in mask: Mask,
    fwhm: Double,
    leavingOut places: [Int] = [],
    threads: Int
  ) -> [[Double]] {
    precondition(self.places.count == mask.count, "one place per voxel of the mask")
    let isLeftOut = Set(places)
    let givers = Mask(grid: mask.grid) {
      mask.contains($0) && !isLeftOut.contains(Int(mask.places[$0]))
    }
    let smoothing = MaskedGaussian(mask: givers, fwhm: SIMD3(repeating: fwhm))
    var members = [[Int]](repeating: [], count: sliceCount)
    for index in givers.indices {
      members[Int(self.places[Int(mask.places[index])].rounded())].append(index)
    }
    let voxels = members
    return mapSlabs(sliceCount, threads: threads) { slice in
      var shares = [Double](repeating: 0, count: sliceCount)
      smoothing.forEachGiver(toMeanOf: voxels[slice], in: givers) { index, weight in
        add(Int(mask.places[index]), weight, to: &shares)
      }
      if voxels[slice].isEmpty { shares[slice] = 1 }
      return normalized(shares)
    }
  }

  /// Gives a voxel's weight to the slices on either side of it.
  private func add(_ voxel: Int, _ weight: Double, to shares: inout [Double]) {
    let below = Int(places[voxel])
    let above = places[voxel] - Double(below)
    shares[below] += (1 - above) * weight
    if above > 0 { shares[below + 1] += above * weight }
  }

  private func normalized(_ shares: [Double]) -> [Double] {
    let sum = shares.reduce(0, +)
    return shares.map { $0 / sum }
  }
}
