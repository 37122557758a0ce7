import Imaging

extension RegionAtlas {
  /// Returns the name of the region that a point lies in, or of the nearest one.
  ///
  /// - Parameter point: A point of the atlas' space, in mm.
  /// - Returns: The name; with the distance of its nearest voxel where the point is outside, as in
  ///   `near Insula L (4 mm)`; `n/a` more than 12 mm away from every region.
  public func regionName(at point: SIMD3<Double>) -> String {
    var best: (label: Int32, distance: Double)?
    let centre = labels.grid.inverseAffine(point).rounded(.toNearestOrAwayFromZero)
    let size = labels.grid.voxelSize
    let reach = (searchRadius / size).rounded(.up)
    let lower = centre - reach
    let upper = centre + reach
    let dimensions = SIMD3<Double>(labels.grid.dimensions)
    guard lower.x < dimensions.x, lower.y < dimensions.y, lower.z < dimensions.z, upper.min() >= 0
    else { return "n/a" }
    let first = SIMD3<Int>(lower.clamped(lowerBound: .zero, upperBound: dimensions - 1))
    let last = SIMD3<Int>(upper.clamped(lowerBound: .zero, upperBound: dimensions - 1))
    for z in first.z...last.z {
      for y in first.y...last.y {
        for x in first.x...last.x {
          let label = labels.labels[labels.grid.index(x, y, z)]
          guard label != 0 else { continue }
          let voxel = labels.grid.affine(SIMD3(Double(x), Double(y), Double(z)))
          let distance = (voxel - point).length
          if distance < best?.distance ?? .infinity { best = (label, distance) }
        }
      }
    }
    guard let best, best.distance <= searchRadius,
      let region = regions.first(where: { $0.label == Int(best.label) })
    else { return "n/a" }
    let isInside =
      labels.grid.nearestVoxel(to: point).map { labels.labels[$0] == best.label } ?? false
    return isInside ? region.name : "near \(region.name) (\(Int(best.distance.rounded())) mm)"
  }
}

/// How far the nearest region is looked for, in mm.
private let searchRadius = 12.0
