import Imaging

extension RegistrationStart {
  /// Chooses where a registration starts: where the images share most before it.
  ///
  /// Headers are right where both images come from one visit, and the centre of gravity is pulled
  /// down by a neck that only one image shows; other data have headers that mean nothing. So all
  /// are tried, on a grid of 4 mm, and the one with the highest normalized mutual information is
  /// taken; outside of the moving image counts as dark.
  ///
  /// - Parameters:
  ///   - fixed: The fixed image.
  ///   - moving: The moving image.
  ///   - threads: The number of threads.
  /// - Returns: The best start; the headers where nothing can be said.
  static func best(fixed: Volume, moving: Volume, threads: Int) -> RegistrationStart {
    guard let coarse = fixed.grid.coarsened(to: 4) else { return .headers }
    let seen = resample(fixed, onto: coarse, by: .identity, threads: threads)
    var best = (start: RegistrationStart.headers, shared: 0.0)
    for start in allCases {
      let map = PointMap.affine(.scaling([1, 1, 1], then: start.shift(from: fixed, to: moving)))
      let moved = resample(moving, onto: coarse, by: map, threads: threads)
      let shared = normalizedMutualInformation(
        seen.values.map { $0.isFinite ? $0 : 0 },
        moved.values.map { $0.isFinite ? $0 : 0 }
      )
      if let shared, shared > best.shared { best = (start, shared) }
    }
    return best.start
  }

  private func shift(from fixed: Volume, to moving: Volume) -> SIMD3<Double> {
    switch self {
    case .headers: .zero
    case .gridCentres: moving.grid.centre - fixed.grid.centre
    case .centresOfGravity: moving.centreOfGravity - fixed.centreOfGravity
    }
  }
}

extension Grid {
  /// Returns a grid of the same place and directions with voxels of a given size, or `nil` where
  /// none can be made.
  ///
  /// - Parameter size: The size along each axis, in mm.
  /// - Returns: The grid.
  fileprivate func coarsened(to size: Double) -> Grid? {
    let factors = SIMD3(repeating: size) / voxelSize
    let counts = (SIMD3<Double>(dimensions) / factors).rounded(.up)
    guard counts.max() < 1000 else { return nil }
    return Grid(
      dimensions: [Int(counts.x), Int(counts.y), Int(counts.z)],
      affine: affine * .scaling(factors, then: .zero)
    )
  }
}

extension Volume {
  /// The mean position, weighted by intensity, in mm; the grid's centre for a dark image.
  fileprivate var centreOfGravity: SIMD3<Double> {
    var (weights, sum) = (0.0, SIMD3<Double>.zero)
    var index = 0
    for z in 0..<grid.dimensions.z {
      for y in 0..<grid.dimensions.y {
        for x in 0..<grid.dimensions.x {
          let value = Double(values[index])
          index += 1
          guard value.isFinite, value > 0 else { continue }
          weights += value
          sum += value * SIMD3(Double(x), Double(y), Double(z))
        }
      }
    }
    guard weights > 0, weights.isFinite else { return grid.centre }
    return grid.affine(sum / weights)
  }
}
