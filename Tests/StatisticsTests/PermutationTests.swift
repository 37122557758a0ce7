import Algebra
import Glibc
import Imaging
import Statistics
import TestData
import Testing

@Suite("Permutation tests")
struct PermutationTests {
  /// Values of participants at voxels, the first rows shifted.
  private func values(_ participants: Int, _ voxels: Int, shifted: Int, seed: UInt64) -> [[Float]] {
    var numbers = NormalNumbers(seed: seed)
    return (0..<participants).map { participant in
      (0..<voxels).map { voxel in
        let shift = participant < shifted && voxel < 5 ? 1.0 : 0
        return Float(10 + shift + numbers.next())
      }
    }
  }

  private func twoGroups(_ first: Int, _ second: Int, _ more: [[Double]] = []) -> Matrix {
    let count = first + second
    return Matrix(
      columns: [
        (0..<count).map { $0 < first ? 1 : 0 }, (0..<count).map { $0 < first ? 0 : 1 },
      ] + more,
      rowCount: count
    )
  }

  private let difference = GroupContrast(name: "difference", weights: [1, -1])

  /// The pooled t of the participants in a set against the others.
  private func pooledT(_ maps: [[Float]], _ voxel: Int, first: Set<Int>) -> Double {
    let split = [true, false].map { isFirst in
      maps.indices.filter { first.contains($0) == isFirst }.map { Double(maps[$0][voxel]) }
    }
    let means = split.map { $0.reduce(0, +) / Double($0.count) }
    let squares = zip(split, means).reduce(0.0) { sum, group in
      sum + group.0.reduce(0) { $0 + ($1 - group.1) * ($1 - group.1) }
    }
    let (a, b) = (Double(split[0].count), Double(split[1].count))
    return (means[0] - means[1]) / (squares / (a + b - 2) * (1 / a + 1 / b)).squareRoot()
  }

  // All 35 ways to choose 3 of 7, by recursion.
  @Test("All exchanges of two small groups give the enumerated p")
  func exactExchange() throws {
    let maps = values(7, 20, shifted: 3, seed: 4)
    let model = try GroupModel(design: twoGroups(3, 4), contrasts: [difference])
    let request = PermutationRequest(count: 1000, seed: 1)
    let found = try permutationTest(GroupMaps(maps), model, request)[0]
    #expect(found.arrangements.isExact && found.arrangements.count == 35)
    #expect(found.arrangements.resampling == .exchange)
    var maxima: [Double] = []
    for a in 0..<7 {
      for b in a + 1..<7 {
        for c in b + 1..<7 {
          maxima.append((0..<20).map { abs(pooledT(maps, $0, first: [a, b, c])) }.max() ?? 0)
        }
      }
    }
    for voxel in 0..<20 {
      let own = abs(pooledT(maps, voxel, first: [0, 1, 2]))
      let p = Double(maxima.count { $0 >= own * (1 - 1e-6) }) / 35
      #expect(abs(found.p[voxel] - p) < 1e-12)
      #expect(
        abs(
          Double(found.z[voxel])
            - z(t: pooledT(maps, voxel, first: [0, 1, 2]), degreesOfFreedom: 5)
        ) < 1e-3
      )
    }
  }

  @Test("All flips of a small group give the enumerated p")
  func exactFlips() throws {
    let maps = values(6, 15, shifted: 6, seed: 8).map { $0.map { $0 - 10 } }
    let model = try GroupModel(
      design: Matrix(columns: [[Double](repeating: 1, count: 6)], rowCount: 6),
      contrasts: [GroupContrast(name: "mean", weights: [1])]
    )
    let found = try permutationTest(GroupMaps(maps), model, PermutationRequest())[0]
    #expect(found.arrangements.isExact && found.arrangements.count == 64)
    #expect(found.arrangements.resampling == .signFlips)
    func t(_ voxel: Int, _ bits: Int) -> Double {
      let y = (0..<6).map { Double(maps[$0][voxel]) * (bits >> $0 & 1 == 1 ? -1 : 1) }
      let mean = y.reduce(0, +) / 6
      return mean / (y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 30).squareRoot()
    }
    let maxima = (0..<64).map { bits in (0..<15).map { abs(t($0, bits)) }.max() ?? 0 }
    for voxel in 0..<15 {
      let p = Double(maxima.count { $0 >= abs(t(voxel, 0)) * (1 - 1e-6) }) / 64
      #expect(abs(found.p[voxel] - p) < 1e-12)
    }
  }

  // The closed form of z comes from the model's own least squares, tested by itself.
  @Test("z is that of the least-squares t, with covariates, missing values and variances apart")
  func observed() throws {
    var maps = values(16, 60, shifted: 7, seed: 12)
    for voxel in 0..<20 { maps[voxel % 16][voxel] = .nan }
    let score = (0..<16).map { Double($0 * 5 % 11) }
    let design = twoGroups(7, 9, [score])
    let contrasts = [
      GroupContrast(name: "difference", weights: [1, -1, 0]),
      GroupContrast(name: "score", weights: [0, 0, 1]),
    ]
    for groups in [nil, (0..<16).map { $0 < 7 ? 0 : 1 }] {
      let model = try GroupModel(design: design, contrasts: contrasts, varianceGroups: groups)
      let expected = leastSquares(GroupMaps(maps), model).estimates
      let found = try permutationTest(GroupMaps(maps), model, PermutationRequest(count: 20))
      for (ours, fit) in zip(found, expected) {
        for voxel in 0..<60 {
          // Hill's z at 5 and more degrees of freedom, and float32.
          #expect(abs(Double(ours.z[voxel]) - fit.z[voxel]) < 1e-3)
        }
      }
    }
  }

  @Test("An F of three groups becomes the z of its p")
  func oneWay() throws {
    let maps = values(12, 30, shifted: 4, seed: 5)
    let design = Matrix(
      columns: (0..<3).map { level in (0..<12).map { $0 / 4 == level ? 1 : 0 } },
      rowCount: 12
    )
    let contrast = GroupContrast(name: "groups", rows: [[1, -1, 0], [0, 1, -1]])
    let model = try GroupModel(design: design, contrasts: [contrast])
    let found = try permutationTest(GroupMaps(maps), model, PermutationRequest(count: 100))[0]
    let expected = leastSquares(GroupMaps(maps), model).estimates[0]
    for voxel in 0..<30 { #expect(abs(Double(found.z[voxel]) - expected.z[voxel]) < 1e-4) }
    #expect(!found.arrangements.isExact)
  }

  @Test("The same bytes for any number of threads, and another seed gives others")
  func threads() throws {
    let grid = try #require(Grid(dimensions: [9, 8, 7], affine: .identity))
    let mask = Mask(grid: grid) { $0 % 11 != 0 }
    let maps = GroupMaps(values(14, mask.count, shifted: 7, seed: 2))
    let groups = (0..<14).map { $0 < 7 ? 0 : 1 }
    for variance in [nil, groups] {
      let model = try GroupModel(
        design: twoGroups(7, 7),
        contrasts: [difference],
        varianceGroups: variance
      )
      func maxima(_ threads: Int, seed: UInt64) throws -> [[Double]] {
        var request = PermutationRequest(count: 200, seed: seed, threads: threads)
        request.exactLimit = 0
        request.lattice = Lattice(mask)
        request.clusterThreshold = 2
        request.enhancement = Enhancement()
        let found = try permutationTest(maps, model, request)[0]
        let (clusters, tfce) = (try #require(found.clusters), try #require(found.enhanced))
        return [
          found.maxima.maxima, clusters.extents.maxima, clusters.masses.maxima, tfce.maxima.maxima,
          found.p, tfce.p,
        ]
      }
      let one = try maxima(1, seed: 3)
      #expect(try maxima(2, seed: 3) == one)
      #expect(try maxima(5, seed: 3) == one)
      #expect(try maxima(2, seed: 4) != one)
    }
  }

  @Test("The largest |z| is the same with and without maps of every arrangement")
  func withMaps() throws {
    let grid = try #require(Grid(dimensions: [5, 5, 5], affine: .identity))
    let mask = Mask(grid: grid) { _ in true }
    let maps = GroupMaps(values(10, 125, shifted: 5, seed: 6))
    let model = try GroupModel(design: twoGroups(5, 5), contrasts: [difference])
    var request = PermutationRequest(count: 100)
    let alone = try permutationTest(maps, model, request)[0]
    request.lattice = Lattice(mask)
    request.enhancement = Enhancement()
    let together = try permutationTest(maps, model, request)[0]
    #expect(alone.maxima.maxima == together.maxima.maxima)
    #expect(alone.enhanced == nil)
  }

  @Test("Within blocks nobody leaves the block; whole blocks move together")
  func blocks() throws {
    // Two sites of three: exchanges within sites are 3!/(1! 2!) squared, 9.
    let maps = GroupMaps(values(6, 4, shifted: 0, seed: 3))
    let group = [1.0, 0, 0, 1, 0, 0]
    let design = Matrix(columns: [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], group], rowCount: 6)
    let model = try GroupModel(
      design: design,
      contrasts: [GroupContrast(name: "group", weights: [0, 0, 1])]
    )
    var request = PermutationRequest()
    request.blocks = ExchangeabilityBlocks(blockOf: [0, 0, 0, 1, 1, 1])
    let within = try permutationTest(maps, model, request)[0]
    #expect(within.arrangements.isExact && within.arrangements.count == 9)
    // Four pairs of siblings, of which two are in each group: 4!/(2! 2!), 6.
    let pairs = try GroupModel(
      design: twoGroups(4, 4),
      contrasts: [difference]
    )
    request.blocks = ExchangeabilityBlocks(blockOf: [0, 0, 1, 1, 2, 2, 3, 3], kind: .whole)
    let whole = try permutationTest(GroupMaps(values(8, 4, shifted: 0, seed: 3)), pairs, request)[0]
    #expect(whole.arrangements.isExact && whole.arrangements.count == 6)
  }

  @Test("What cannot be exchanged is refused")
  func refusals() throws {
    let maps = GroupMaps(values(6, 4, shifted: 0, seed: 3))
    let mean = try GroupModel(
      design: Matrix(columns: [[Double](repeating: 1, count: 6)], rowCount: 6),
      contrasts: [GroupContrast(name: "mean", weights: [1])]
    )
    var request = PermutationRequest()
    request.resampling = .exchange
    #expect(throws: GroupModelError.nothingToExchange(contrast: "mean")) {
      try permutationTest(maps, mean, request)
    }
    let apart = try GroupModel(
      design: twoGroups(3, 3),
      contrasts: [difference],
      varianceGroups: [0, 0, 0, 1, 1, 1]
    )
    #expect(throws: GroupModelError.separateVariances(contrast: "difference")) {
      try permutationTest(maps, apart, request)
    }
    request.blocks = ExchangeabilityBlocks(blockOf: [0, 1])
    let model = try GroupModel(design: twoGroups(3, 3), contrasts: [difference])
    #expect(throws: GroupModelError.self) { try permutationTest(maps, model, request) }
  }

  // Case 26: 10,000 drawn arrangements of the peer; three standard errors of the difference of two
  // such counts.
  @Test("The family-wise p of a peer's permutations", .enabled(if: SharedData.isPresent))
  func peer() throws {
    let data = try ReferenceTable("26_permutation/data.tsv").matrix
    let group = try ReferenceTable("26_permutation/group.tsv")["group"]
    let expected = try ReferenceTable("26_permutation/expected.tsv")
    let count = data.rowCount
    let design = Matrix(
      columns: [[Double](repeating: 1, count: count), group],
      rowCount: count
    )
    let model = try GroupModel(
      design: design,
      contrasts: [GroupContrast(name: "group", weights: [0, 1])]
    )
    let maps = GroupMaps((0..<count).map { data.row($0).map { Float($0) } })
    let request = PermutationRequest(count: 10_000, seed: 11, threads: 2)
    let found = try permutationTest(maps, model, request)[0]
    let fit = leastSquares(maps, model).estimates[0]
    for voxel in 0..<data.columnCount {
      let p = expected["p_fwer"][voxel]
      #expect(abs(abs(fit.statistic[voxel]) - abs(expected["t"][voxel])) < 1e-5)
      #expect(abs(found.p[voxel] - p) < 3 * (2 * p * (1 - p) / 10_000).squareRoot() + 1e-4)
    }
  }
}
