import Algebra
import Glibc
import Imaging
import Statistics

/// One simulated study, and whether each method finds something in it.
struct SimulatedStudy {
  private let cell: CohortCell
  private let lattice: Lattice
  private let seed: UInt64
  private static let regionCount = 30

  /// Draws a study.
  ///
  /// - Parameters:
  ///   - cell: What is drawn.
  ///   - lattice: Its voxels.
  ///   - seed: Where the draw begins.
  init(_ cell: CohortCell, _ lattice: Lattice, seed: UInt64) {
    (self.cell, self.lattice, self.seed) = (cell, lattice, seed)
  }

  /// Tests the study by every default method.
  ///
  /// - Parameter arrangements: The number of arrangements.
  /// - Returns: Whether each method has a p of at most .05 anywhere.
  /// - Throws: Where a design cannot be tested.
  func findings(arrangements: Int) throws -> [(method: String, isFound: Bool)] {
    var numbers = SeededGenerator(seed: seed)
    let maps = GroupMaps((0..<cell.count).map { map(of: $0, &numbers) })
    let regions = GroupMaps((0..<cell.count).map { regionValues(of: $0, &numbers) })
    var start = numbers
    let separate = try cell.model(isSeparate: true, &numbers)
    var found = try outcomes(maps, regions, separate, arrangements, "residual flips")
    if cell.ratio == 1 {
      // The default where equal variances are assumed, which is done where they are.
      let pooled = try cell.model(isSeparate: false, &start)
      found += try outcomes(maps, regions, pooled, arrangements, "exchange")
    }
    return found
  }

  private func outcomes(
    _ maps: GroupMaps,
    _ regions: GroupMaps,
    _ model: GroupModel,
    _ arrangements: Int,
    _ name: String
  ) throws -> [(method: String, isFound: Bool)] {
    // Another seed than the data's, whose numbers must not flip their own signs.
    var request = PermutationRequest(count: arrangements, seed: ~seed)
    request.exactLimit = 0
    let table = try permutationTest(regions, model, request)[0]
    request.lattice = lattice
    request.enhancement = Enhancement()
    request.clusterThreshold = 3.09
    let found = try permutationTest(maps, model, request)[0]
    return [
      ("\(name), max z", isAny(found.p)), ("\(name), TFCE", isAny(found.enhanced?.p ?? [])),
      ("\(name), cluster mass", isAny(found.clusters?.massP ?? [])),
      ("\(name), regions", isAny(table.p)),
    ]
  }

  private func isAny(_ p: [Double]) -> Bool { p.contains { $0 <= 0.05 + 1e-12 } }

  /// A participant's factor on normal values.
  private func factor(_ participant: Int, _ numbers: inout SeededGenerator) -> Double {
    guard cell.noise == .heavy else { return cell.deviation(participant) }
    let square = (0..<4).reduce(0.0) { sum, _ in
      let value = numbers.normal()
      return sum + value * value
    }
    return cell.deviation(participant) * (4 / square).squareRoot()
  }

  private func map(of participant: Int, _ numbers: inout SeededGenerator) -> [Float] {
    let scale = Float(factor(participant, &numbers))
    let grid = lattice.mask.grid
    let white = (0..<grid.voxelCount).map { _ in Float(numbers.normal()) }
    let image = smooth(
      Volume(grid: grid, values: white),
      inside: lattice.mask,
      fwhm: SIMD3(repeating: 2)
    )
    return lattice.mask.indices.map { scale * image.values[$0] }
  }

  /// Regions that share half of their variance with one another.
  private func regionValues(
    of participant: Int,
    _ numbers: inout SeededGenerator
  ) -> [Float] {
    let scale = factor(participant, &numbers)
    let common = numbers.normal()
    return (0..<Self.regionCount).map { _ in Float(scale * (common + numbers.normal())) }
  }
}
