import Glibc
import Imaging
import Statistics
import TestData
import Testing

@Suite("Threshold-free cluster enhancement")
struct EnhancementTests {
  /// A mask with holes and a map of ties, both signs and smooth hills.
  private func example(seed: UInt64) throws -> (mask: Mask, z: [Float]) {
    var numbers = NormalNumbers(seed: seed)
    let grid = try #require(Grid(dimensions: [7, 6, 5], affine: .identity))
    let mask = Mask(grid: grid) { _ in numbers.uniform() < 0.8 }
    let z = mask.indices.map { index -> Float in
      let place = SIMD3<Double>(grid.voxel(at: index))
      let hill = 4 * cos(0.8 * place.x) * cos(0.7 * place.y + 1) * cos(0.9 * place.z)
      // Rounded, so that there are ties.
      return Float(((hill + 0.5 * numbers.next()) * 4).rounded() / 4)
    }
    return (mask, z)
  }

  /// The definition: between two successive heights every component keeps its extent.
  private func bruteForce(_ z: [Float], _ mask: Mask, _ touch: Connectivity) -> [Double] {
    var result = [Double](repeating: 0, count: z.count)
    for sign: Float in [1, -1] {
      let heights = [0] + Set(z.map { sign * $0 }.filter { $0 > 0 }).sorted()
      for (low, high) in zip(heights, heights.dropFirst()) {
        let isIn = z.map { sign * $0 >= high }
        for component in components(isIn, mask, touch) {
          let step = (pow(Double(high), 3) - pow(Double(low), 3)) / 3
          for voxel in component {
            result[voxel] += Double(sign) * Double(component.count).squareRoot() * step
          }
        }
      }
    }
    return result
  }

  /// Connected voxels, by flooding.
  private func components(_ isIn: [Bool], _ mask: Mask, _ touch: Connectivity) -> [[Int]] {
    var left = Set(isIn.indices.filter { isIn[$0] })
    var result: [[Int]] = []
    while let seed = left.first {
      left.remove(seed)
      var (component, open) = ([seed], [seed])
      while let place = open.popLast() {
        for step in touch.steps {
          let next = mask.grid.voxel(at: mask.indices[place]) &+ step
          guard next.min() >= 0, all(next .< mask.grid.dimensions) else { continue }
          let neighbour = Int(mask.places[mask.grid.index(next.x, next.y, next.z)])
          guard neighbour >= 0, left.remove(neighbour) != nil else { continue }
          component.append(neighbour)
          open.append(neighbour)
        }
      }
      result.append(component)
    }
    return result
  }

  @Test("The tree gives the integral of its definition", arguments: Connectivity.allCases)
  func definition(touch: Connectivity) throws {
    for seed in 1...5 {
      let (mask, z) = try example(seed: UInt64(seed))
      let found = enhanced(z, in: Lattice(mask, connectivity: touch))
      for (ours, expected) in zip(found, bruteForce(z, mask, touch)) {
        // As many roundings as heights.
        #expect(abs(ours - expected) <= 1e-12 * abs(expected))
      }
    }
  }

  // A block of e voxels of height h alone: e^E h^(H+1) / (H+1).
  @Test("A block of one height has the closed form, for other exponents too")
  func block() throws {
    let grid = try #require(Grid(dimensions: [6, 6, 6], affine: .identity))
    let mask = Mask(grid: grid) { _ in true }
    var z = [Float](repeating: 0, count: 216)
    for x in 1...3 { for y in 1...2 { z[grid.index(x, y, 2)] = -2.5 } }
    let found = enhanced(
      z,
      in: Lattice(mask),
      Enhancement(extentExponent: 0.7, heightExponent: 1.5)
    )
    let expected = -pow(6, 0.7) * pow(2.5, 2.5) / 2.5
    for voxel in z.indices {
      #expect(abs(found[voxel] - (z[voxel] < 0 ? expected : 0)) < 1e-12)
    }
  }

  @Test(
    "Clusters are those of flooding, with their sizes and masses",
    arguments: Connectivity.allCases
  )
  func clustersByFlooding(touch: Connectivity) throws {
    let (mask, z) = try example(seed: 9)
    let found = clusters(of: z, threshold: 1.5, in: Lattice(mask, connectivity: touch))
    for isNegative in [false, true] {
      let sign: Float = isNegative ? -1 : 1
      let expected = components(z.map { sign * $0 >= 1.5 }, mask, touch)
      let ours = found.filter { $0.isNegative == isNegative }
      #expect(Set(ours.map(\.voxels)) == Set(expected.map { $0.sorted() }))
      for cluster in ours {
        let mass = cluster.voxels.reduce(0) { $0 + Double(sign * z[$1]) - 1.5 }
        #expect(abs(cluster.mass - mass) < 1e-9)
      }
    }
  }
}
