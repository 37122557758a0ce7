internal import Imaging

/// A local maximum of |z| within a cluster.
public struct Peak: Equatable, Sendable {
  /// Its place in the mask.
  public let voxel: Int

  /// Its z, with its sign.
  public let z: Float

  /// Where it lies, in mm.
  public let position: SIMD3<Double>
}

/// How the peaks of a cluster are chosen.
public struct PeakRule: Equatable, Sendable {
  /// The distance between two peaks of a cluster, at least, in mm.
  public var distance: Double

  /// The number of peaks of a cluster, at most.
  public var count: Int

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - distance: The distance between two peaks of a cluster, at least, in mm.
  ///   - count: The number of peaks of a cluster, at most.
  public init(distance: Double = 8, count: Int = 3) {
    (self.distance, self.count) = (distance, count)
  }
}

/// Returns the peaks of a cluster, the highest first.
///
/// A peak is a voxel that none of the 26 around it exceeds in |z|; of equals that touch, the first in
/// storage order. From the highest on those are taken that keep their distance to the ones taken.
///
/// - Parameters:
///   - cluster: The cluster.
///   - z: The map that it is a cluster of.
///   - lattice: The map's voxels.
///   - rule: How many, and how far apart.
/// - Returns: At least one peak.
public func peaks(
  of cluster: Cluster,
  z: [Float],
  in lattice: Lattice,
  _ rule: PeakRule = PeakRule()
) -> [Peak] {
  let (mask, grid) = (lattice.mask, lattice.mask.grid)
  let sign: Float = cluster.isNegative ? -1 : 1
  let steps = Connectivity.corners.steps
  let candidates = cluster.voxels.filter { place in
    let index = mask.indices[place]
    let voxel = grid.voxel(at: index)
    return steps.allSatisfy { step in
      let next = voxel &+ step
      guard next.min() >= 0, all(next .< grid.dimensions) else { return true }
      let neighbour = Int(mask.places[grid.index(next.x, next.y, next.z)])
      guard neighbour >= 0 else { return true }
      let (own, other) = (sign * z[place], sign * z[neighbour])
      return !(other > own || (other == own && neighbour < place))
    }
  }
  var taken: [Peak] = []
  for place in candidates.sorted(by: { (-sign * z[$0], $0) < (-sign * z[$1], $1) }) {
    guard taken.count < max(1, rule.count) else { break }
    let position = grid.position(ofVoxel: mask.indices[place])
    let isApart = taken.allSatisfy {
      let way = $0.position - position
      return (way * way).sum().squareRoot() >= rule.distance
    }
    if isApart { taken.append(Peak(voxel: place, z: z[place], position: position)) }
  }
  return taken
}
