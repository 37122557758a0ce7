internal import CGroupKernel
internal import Imaging

/// One cluster: connected voxels of one sign whose |z| is at least a threshold.
public struct Cluster: Equatable, Sendable {
  /// Its value in the map of labels, from 1.
  public let label: Int

  /// The places of its voxels in the mask, ascending.
  public let voxels: [Int]

  /// Whether its z are negative.
  public let isNegative: Bool

  /// The sum over its voxels of what |z| is above the threshold.
  public let mass: Double

  /// The number of its voxels.
  public var extent: Int { voxels.count }
}

/// Returns the clusters of a map, each sign apart.
///
/// - Parameters:
///   - z: One value per voxel of the lattice's mask; NaN belongs to no cluster.
///   - threshold: The smallest |z| of a cluster's voxels, above 0.
///   - lattice: Which voxels touch.
/// - Returns: Positive clusters first, in the order of their first voxels.
public func clusters(of z: [Float], threshold: Float, in lattice: Lattice) -> [Cluster] {
  precondition(z.count == lattice.count && threshold > 0, "one value per voxel, and a threshold")
  let scratch = lattice.makeScratch()
  defer { scratch.deallocate() }
  var labels = [Int32](repeating: 0, count: z.count)
  var (extent, mass): (Int32, Double) = (0, 0)
  let count = cgr_clusters(lattice.packed, z, threshold, scratch, &labels, &extent, &mass)
  var voxels = [[Int]](repeating: [], count: Int(count))
  for (place, label) in labels.enumerated() where label > 0 {
    voxels[Int(label) - 1].append(place)
  }
  return voxels.enumerated().map { index, voxels in
    Cluster(
      label: index + 1,
      voxels: voxels,
      isNegative: z[voxels[0]] < 0,
      mass: voxels.reduce(0) { $0 + abs(Double(z[$1])) - Double(threshold) }
    )
  }
}
