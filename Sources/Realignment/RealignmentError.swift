/// Why the motion of a run cannot be estimated.
public enum RealignmentError: Error, Equatable {
  /// More volumes are to be left out at the start than there are, or as many.
  case noVolumes(volumeCount: Int, dummies: Int)

  /// No volume shows a head.
  case emptyImages

  /// The grid has too few voxels along an axis.
  case gridTooSmall(dimensions: SIMD3<Int>)

  /// No volume could be brought onto the reference.
  case nothingConverged
}

extension RealignmentError: CustomStringConvertible {
  /// One sentence: what is wrong, and what to try.
  public var description: String {
    switch self {
    case .noVolumes(let volumeCount, let dummies):
      "\(dummies) volumes are to be left out at the start of a run of \(volumeCount); "
        + "lower the number of dummy scans"
    case .emptyImages:
      "no volume shows a head: every image is zero or constant; check how the run was exported"
    case .gridTooSmall(let dimensions):
      "an image of \(dimensions.x) × \(dimensions.y) × \(dimensions.z) voxels is too small to "
        + "estimate head motion from; at least 4 along every axis are needed"
    case .nothingConverged:
      "no volume could be brought onto the reference; look at the run's images"
    }
  }
}
