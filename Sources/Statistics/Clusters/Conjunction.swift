/// Returns the conjunction of maps: at each voxel the z nearest to 0 where all have one sign, else 0.
///
/// A threshold that holds a single map's error holds this one's, whichever of the maps have no effect.
///
/// - Parameter maps: One z per voxel each; a NaN in one is a NaN in the result.
/// - Returns: One z per voxel.
///
/// Source: Nichols et al. (2005), *NeuroImage* 25(3), 653-660.
public func conjunction(of maps: [[Float]]) -> [Float] {
  guard let first = maps.first else { return [] }
  precondition(maps.allSatisfy { $0.count == first.count }, "maps of the same voxels")
  return first.indices.map { voxel in
    let values = maps.map { $0[voxel] }
    guard !values.contains(where: \.isNaN) else { return .nan }
    let low = values.reduce(.infinity) { min($0, $1) }
    let high = values.reduce(-.infinity) { max($0, $1) }
    return low > 0 ? low : high < 0 ? high : 0
  }
}

/// Returns a map where another passes a threshold, and 0 elsewhere (contrast masking).
///
/// - Parameters:
///   - z: One z per voxel.
///   - other: The other contrast's z.
///   - threshold: The |z| it has to reach, of either sign.
/// - Returns: One z per voxel.
public func masked(_ z: [Float], where other: [Float], reaches threshold: Float) -> [Float] {
  precondition(z.count == other.count, "maps of the same voxels")
  return zip(z, other).map { abs($1) >= threshold ? $0 : $0.isNaN ? $0 : 0 }
}
