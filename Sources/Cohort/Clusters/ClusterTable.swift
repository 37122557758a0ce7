internal import Atlas
internal import Imaging
internal import Statistics

/// Returns the clusters of a map with their peaks and the regions they cover.
///
/// Clusters are formed at the request's threshold from its map, so that a map can be looked at again
/// at another threshold; their p values are read from the distribution of the rearranged maps only
/// where that was formed at the same threshold.
///
/// - Parameter request: The map and what is known of it.
/// - Returns: One row per cluster, positive ones first, the largest first among each sign.
public func clusterTable(_ request: ClusterTableRequest) -> [ClusterRow] {
  let lattice = request.lattice
  let inference = request.permutation?.clusters.flatMap {
    $0.threshold == request.threshold ? $0 : nil
  }
  let size = lattice.mask.grid.voxelSize
  let names = request.atlas.map(RegionNames.init)
  let found = clusters(of: request.z, threshold: request.threshold, in: lattice)
  return found.sorted {
    ($0.isNegative ? 1 : 0, -$0.extent, $0.label) < ($1.isNegative ? 1 : 0, -$1.extent, $1.label)
  }
  .map { cluster in
    ClusterRow(
      label: cluster.label,
      isNegative: cluster.isNegative,
      voxels: cluster.extent,
      volume: Double(cluster.extent) * size.x * size.y * size.z,
      mass: cluster.mass,
      extentP: inference?.extents.p(Double(cluster.extent)),
      massP: inference?.masses.p(cluster.mass),
      peaks: peaks(of: cluster, z: request.z, in: lattice, request.peaks).map(request.row),
      regions: names?.shares(of: cluster, in: lattice) ?? []
    )
  }
}

extension ClusterTableRequest {
  /// The row of a peak.
  fileprivate func row(_ peak: Peak) -> PeakRow {
    PeakRow(
      position: peak.position,
      z: Double(peak.z),
      statistic: estimate.statistic[peak.voxel],
      degreesOfFreedom: estimate.degreesOfFreedom[peak.voxel],
      count: counts[peak.voxel],
      region: atlas?.regionName(at: peak.position) ?? "n/a",
      familyP: permutation?.p[peak.voxel],
      enhancedP: permutation?.enhanced?.p[peak.voxel]
    )
  }
}

/// The names of an atlas' regions by label.
private struct RegionNames {
  private let atlas: RegionAtlas
  private let nameOf: [Int32: String]

  init(_ atlas: RegionAtlas) {
    self.atlas = atlas
    var names: [Int32: String] = [:]
    for region in atlas.regions { names[Int32(clamping: region.label)] = region.name }
    nameOf = names
  }

  /// The shares of a cluster's voxels whose centres lie in each region.
  func shares(of cluster: Cluster, in lattice: Lattice) -> [RegionShare] {
    var counts: [Int32: Int] = [:]
    let grid = atlas.labels.grid
    for place in cluster.voxels {
      let position = lattice.mask.grid.position(ofVoxel: lattice.mask.indices[place])
      guard let voxel = grid.nearestVoxel(to: position) else { continue }
      counts[atlas.labels.labels[voxel], default: 0] += 1
    }
    return counts.compactMap { label, count in
      nameOf[label].map {
        RegionShare(region: $0, share: Double(count) / Double(cluster.extent))
      }
    }
    .sorted { (-$0.share, $0.region) < (-$1.share, $1.region) }
  }
}
