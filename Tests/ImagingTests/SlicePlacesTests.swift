import Glibc
import Imaging
import Testing

@Suite("Slices in a mean")
struct SlicePlacesTests {
  /// A grid of 3 x 3 x 3.5 mm with a mask that narrows upwards and has a corner missing.
  private let grid = makeGrid([15, 14, 12], .scaling([3, 3, 3.5], then: .zero))

  private var mask: Mask {
    let grid = grid
    return Mask(grid: grid) { index in
      let v = grid.voxel(at: index)
      let radius = 7 - 0.55 * Double(v.z)
      let (x, y) = (Double(v.x) - 7, Double(v.y) - 6.5)
      return v.z > 1 && v.z < 11 && (x * x + y * y).squareRoot() < radius && v != [7, 6, 2]
    }
  }

  /// What each smoothed voxel holds of every slice, summed over all pairs of voxels in double
  /// precision from the Gaussian's definition, and then averaged over the voxels of each slice.
  private func bruteForce(
    _ places: [Double],
    in mask: Mask,
    sliceCount: Int,
    without leftOut: Set<Int>
  ) -> [[Double]] {
    let sigma = 6 / (8 * log(2.0)).squareRoot()
    let positions = mask.indices.map(mask.grid.voxel)
    // The kernel is cut at four standard deviations, as is usual, to a whole number of voxels.
    let reach = [3.0, 3, 3.5].map { Int(4 * sigma / $0 + 0.5) }
    var sums = [[Double]](repeating: .init(repeating: 0, count: sliceCount), count: sliceCount)
    var counts = [Int](repeating: 0, count: sliceCount)
    for v in positions.indices where !leftOut.contains(v) {
      var shares = [Double](repeating: 0, count: sliceCount)
      for u in positions.indices where !leftOut.contains(u) {
        let step = positions[u] &- positions[v]
        guard abs(step.x) <= reach[0], abs(step.y) <= reach[1], abs(step.z) <= reach[2] else {
          continue
        }
        let distance = (SIMD3<Double>(step) * [3, 3, 3.5]).length
        let weight = exp(-distance * distance / (2 * sigma * sigma))
        let above = places[u] - places[u].rounded(.down)
        shares[Int(places[u])] += (1 - above) * weight
        if above > 0 { shares[Int(places[u]) + 1] += above * weight }
      }
      let sum = shares.reduce(0, +)
      let own = Int(places[v].rounded())
      counts[own] += 1
      for slice in shares.indices { sums[own][slice] += shares[slice] / sum }
    }
    return sums.indices.map { own in
      guard counts[own] > 0 else { return sums.indices.map { $0 == own ? 1 : 0 } }
      return sums[own].map { $0 / Double(counts[own]) }
    }
  }

  @Test(
    "A smoothed slice holds of every slice what the kernel takes inside the mask",
    arguments: [(shift: 0.0, slope: 0.0), (0.3, 0), (-0.5, 0.04)]
  )
  func smoothed(shift: Double, slope: Double) {
    let mask = mask
    let places = SlicePlaces(
      mask.indices.map { index in
        let voxel = mask.grid.voxel(at: index)
        return Double(voxel.z) + shift + slope * Double(voxel.x)
      },
      sliceCount: 12
    )
    let leftOut = [3, 40, 41]
    let expected = bruteForce(places.places, in: mask, sliceCount: 12, without: Set(leftOut))
    let found = places.smoothedShares(in: mask, fwhm: 6, leavingOut: leftOut, threads: 2)
    for (own, row) in expected.enumerated() {
      for (slice, share) in row.enumerated() {
        // Sums of some hundred float32 products of at most 1: a few units of 6e-8 each.
        #expect(abs(found[own][slice] - share) < 3e-6, "slice \(own) of \(slice)")
      }
    }
    #expect(found == places.smoothedShares(in: mask, fwhm: 6, leavingOut: leftOut, threads: 1))
  }

  @Test("At the lowest slice nothing is taken from below, and what is left sums to 1")
  func edge() {
    let mask = mask
    let places = SlicePlaces(mask.indices.map { Double(mask.grid.voxel(at: $0).z) }, sliceCount: 12)
    let shares = places.smoothedShares(in: mask, fwhm: 6, threads: 1)
    #expect(shares[2][0] == 0 && shares[2][1] == 0 && shares[2][2] > shares[6][6] + 0.1)
    for row in shares { #expect(abs(row.reduce(0, +) - 1) < 1e-12) }
    // Slices 0, 1 and 11 have no voxel in the mask.
    #expect(shares[0][0] == 1 && shares[11][11] == 1)
    // Without smoothing a slice is its own.
    let bare = places.smoothedShares(in: mask, fwhm: 0, threads: 1)
    for slice in 0..<12 { #expect(bare[slice][slice] == 1) }
  }

  @Test("A region's mean holds slices by its weights; between slices by the distance from each")
  func region() {
    let places = SlicePlaces([0, 1.25, 3, -2, 9], sliceCount: 4)
    #expect(places.places == [0, 1.25, 3, 0, 3])
    #expect(places.slices == [0, 1, 3, 0, 3])
    let shares = places.shares(of: [(0, 1), (1, 2), (2, 1)])
    #expect(shares == [0.25, 0.375, 0.125, 0.25])
  }
}
