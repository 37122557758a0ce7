internal import CGroupKernel
internal import Imaging

/// The largest values of maps under every arrangement of a list.
struct MapMaxima: Sendable {
  var z: [Double] = []
  var extent: [Double] = []
  var mass: [Double] = []
  var enhanced: [Double] = []
}

/// What is measured of the map of every arrangement.
struct MapMeasure: Sendable {
  let lattice: Lattice?
  let threshold: Float?
  let enhancement: Enhancement?

  init(_ request: PermutationRequest) {
    lattice = request.lattice
    threshold = request.clusterThreshold
    enhancement = request.enhancement
  }

  private var needsMaps: Bool { lattice != nil && (threshold != nil || enhancement != nil) }

  /// Measures a statistic under all arrangements.
  ///
  /// - Parameters:
  ///   - statistic: The statistic.
  ///   - count: The number of arrangements.
  ///   - voxelCount: The number of voxels of a map.
  ///   - threads: The number of threads; every arrangement belongs to one of them entirely.
  /// - Returns: One value per arrangement.
  func maxima(
    of statistic: some ArrangedStatistic,
    count: Int,
    voxelCount: Int,
    threads: Int
  ) -> MapMaxima {
    let width = Int(CGR_ARRANGEMENTS)
    let powers = enhancement?.powers(upTo: voxelCount) ?? []
    let parts = mapSlabs((count + width - 1) / width, threads: threads) { block in
      let indices = block * width..<min((block + 1) * width, count)
      guard needsMaps, let lattice else {
        return MapMaxima(z: statistic.evaluate(indices, into: nil).map(Double.init))
      }
      let maps = UnsafeMutablePointer<Float>.allocate(capacity: width * voxelCount)
      let scratch = lattice.makeScratch()
      defer {
        maps.deallocate()
        scratch.deallocate()
      }
      maps.update(repeating: 0, count: width * voxelCount)
      var result = MapMaxima()
      result.z = statistic.evaluate(indices, into: maps).map(Double.init)
      for map in 0..<indices.count {
        measure(maps + map * voxelCount, lattice, powers, scratch, into: &result)
      }
      return result
    }
    var all = MapMaxima()
    for part in parts {
      all.z += part.z
      all.extent += part.extent
      all.mass += part.mass
      all.enhanced += part.enhanced
    }
    return all
  }

  private func measure(
    _ map: UnsafePointer<Float>,
    _ lattice: Lattice,
    _ powers: [Double],
    _ scratch: UnsafeMutableRawPointer,
    into result: inout MapMaxima
  ) {
    if let threshold {
      var (extent, mass): (Int32, Double) = (0, 0)
      cgr_clusters(lattice.packed, map, threshold, scratch, nil, &extent, &mass)
      result.extent.append(Double(extent))
      result.mass.append(mass)
    }
    if let enhancement {
      result.enhanced.append(
        cgr_enhance(lattice.packed, map, powers, enhancement.heightExponent, scratch, nil)
      )
    }
  }
}
