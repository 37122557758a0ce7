import Imaging
import Testing

/// A grid turned about all three axes, with unequal voxels and a mirrored x axis.
let obliqueGrid = makeGrid(
  [9, 11, 10],
  Affine([-2.9, 0.4, 0.3, 12], [0.5, 3.1, -0.6, -20], [0.2, 0.7, 3.9, 5])
)

/// Builds a grid, or stops the test.
func makeGrid(_ dimensions: SIMD3<Int>, _ affine: Affine = .identity) -> Grid {
  guard let grid = Grid(dimensions: dimensions, affine: affine) else { fatalError("a grid") }
  return grid
}

/// A volume whose values are a function of the voxel indices.
func makeVolume(_ grid: Grid, _ value: (SIMD3<Double>) -> Double) -> Volume {
  let values = (0..<grid.voxelCount).map { Float(value(SIMD3<Double>(grid.voxel(at: $0)))) }
  return Volume(grid: grid, values: values)
}

@Suite("Spline volume")
struct SplineVolumeTests {
  @Test("A spline passes through every voxel", arguments: SplineOrder.allCases)
  func interpolates(order: SplineOrder) {
    var state: UInt64 = 7
    let volume = makeVolume(obliqueGrid) { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let spline = SplineVolume(volume, order: order)
    let points = PointBlocks(voxels: 0..<obliqueGrid.voxelCount, of: obliqueGrid)
    let values = spline.values(at: points, through: .identity)
    // Float rounding, times the prefilter's largest gain per axis: 3 for order 3, 60 for order 7.
    let tolerance: Float = order == .cubic ? 2e-5 : 2e-3
    for (value, expected) in zip(values, volume.values) {
      #expect(abs(value - expected) < tolerance)
    }
  }

  @Test("A long smooth wave is followed between the voxels", arguments: SplineOrder.allCases)
  func followsCosine(order: SplineOrder) {
    // cos(pi k i / (n - 1)) is mirrored at both ends, as the spline's border is.
    let grid = makeGrid([33, 17, 17])
    func wave(_ p: SIMD3<Double>) -> Double {
      cosine(p.x / 32 * 4) * cosine(p.y / 16 * 2) + cosine(p.z / 16 * 2)
    }
    let spline = SplineVolume(makeVolume(grid, wave), order: order)
    // Error of order (w h / 2 pi)^(L+1), w h = pi / 8.
    let tolerance = order == .cubic ? 2e-4 : 3e-6
    for point: SIMD3<Double> in [
      [3.3, 4.6, 8.1], [31.9, 0.2, 15.7], [0.01, 15.99, 0.5], [-0.4, 3, 3],
    ] {
      let value = spline(point).map(Double.init) ?? .nan
      #expect(abs(value - wave(point)) < tolerance, "\(point)")
    }
  }

  @Test("Beyond half a voxel outside there is no value")
  func outOfView() {
    let spline = SplineVolume(makeVolume(makeGrid([5, 6, 7])) { _ in 1 }, order: .septic)
    #expect(spline([-0.49, 2, 2]) != nil)
    #expect(spline([-0.51, 2, 2]) == nil)
    #expect(spline([2, 5.51, 2]) == nil)
    #expect(spline([2, 2, .nan]) == nil)
    #expect(spline([2, 2, .infinity]) == nil)
  }

  @Test("A single slice is a valid image")
  func singleSlice() {
    let spline = SplineVolume(makeVolume(makeGrid([8, 8, 1])) { $0.x }, order: .septic)
    let value = spline([4, 3, 0]) ?? .nan
    #expect(abs(value - 4) < 1e-4)
  }
}
