import Glibc
import Imaging

/// A made-up head and a map of its activation.
enum SampleImages {
  /// A head of ellipsoids with a cortex-like texture.
  static func head(voxelSize: Double = 2) -> Volume {
    volume(voxelSize: voxelSize) { position, radius in
      guard radius < 1.25 else { return 12 }
      if radius > 1.08 { return 180 }
      if radius > 1 { return 40 }
      let fold = sin(position.x * 0.31) * sin(position.y * 0.27) * sin(position.z * 0.29)
      return 520 + 190 * fold - (radius > 0.86 ? 60 : 0) + (radius < 0.2 ? 220 : 0)
    }
  }

  /// A z map with activation in both insulae and one deactivation; NaN outside the brain.
  static func activation(seed: Int = 0, voxelSize: Double = 2) -> Volume {
    let centres: [(at: SIMD3<Double>, width: Double, z: Double)] = [
      ([38, 4, 4], 11, 7.4), ([-36, 2, 6], 10, 5.9), ([2, 14, 38], 12, 6.2),
      ([0, -52, 28], 13, -5.1),
    ]
    return volume(voxelSize: voxelSize) { position, radius in
      guard radius <= 1 else { return .nan }
      let noise = sin(position.x * 1.9 + Double(seed)) * cos(position.y * 1.3 - position.z * 1.7)
      return centres.reduce(noise * 0.2) { sum, centre in
        let distance = (position - centre.at).length / centre.width
        return sum + centre.z * exp(-distance * distance)
      }
    }
  }

  private static func volume(
    voxelSize: Double,
    _ value: (SIMD3<Double>, Double) -> Double
  ) -> Volume {
    let counts = SIMD3<Int>((SIMD3(194, 230, 194) / voxelSize).rounded(.down))
    let affine = Affine.scaling(SIMD3(repeating: voxelSize), then: [-96, -132, -78])
    guard let grid = Grid(dimensions: counts, affine: affine) else {
      preconditionFailure("a grid of positive size")
    }
    let values = (0..<grid.voxelCount).map { index in
      let position = grid.position(ofVoxel: index)
      let scaled = (position - SIMD3(0, -18, 10)) / SIMD3(66, 82, 62)
      return Float(value(position, scaled.length))
    }
    return Volume(grid: grid, values: values)
  }
}
