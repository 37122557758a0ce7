import Algebra
import FoundationEssentials
import Imaging
import Statistics

/// How long the comparison of cohorts takes, on all cores.
///
/// Two groups of 18 maps of smooth noise; the mask is as many voxels nearest to the middle of a
/// template's grid as a brain has at that size.
enum CohortBenchmark: BenchmarkGroup {
  static let name = "cohort"
  static let note = "two groups of 18 maps on all cores; the least wall time of two rounds"

  private static let threads = ProcessInfo.processInfo.activeProcessorCount

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    let coarse = try SimulatedMaps(dimensions: [53, 64, 54], millimetres: 3, voxelCount: 69_759)
    let maps = coarse.maps(participants: 36)
    var rows = try [
      time("maxt", maps, coarse.mask, arrangements: 1000, isEnhanced: false),
      time("tfce", maps, coarse.mask, arrangements: 500, isEnhanced: true),
    ]
    let fine = try SimulatedMaps(dimensions: [91, 109, 91], millimetres: 2, voxelCount: 235_483)
    rows += try enhance5000(fine)
    rows += try mixed(fine)
    rows += try manyMaps(fine)
    return rows
  }

  /// Two groups of one size and a contrast of them.
  private static func model(_ participants: Int) throws -> GroupModel {
    let first = (0..<participants).map { $0 < participants / 2 ? 1.0 : 0 }
    return try GroupModel(
      design: Matrix(columns: [first, first.map { 1 - $0 }], rowCount: participants),
      contrasts: [GroupContrast(name: "difference", weights: [1, -1])]
    )
  }

  private static func request(_ count: Int, _ mask: Mask, isEnhanced: Bool) -> PermutationRequest {
    var request = PermutationRequest(count: count, seed: 1, threads: threads)
    guard isEnhanced else { return request }
    request.lattice = Lattice(mask)
    request.enhancement = Enhancement()
    return request
  }

  private static func time(
    _ what: String,
    _ maps: GroupMaps,
    _ mask: Mask,
    arrangements: Int,
    isEnhanced: Bool
  ) throws -> BenchmarkRow {
    let model = try model(maps.participantCount)
    let request = request(arrangements, mask, isEnhanced: isEnhanced)
    let rounds = try (0..<2).map { _ in
      try Usage.measure { try permutationTest(maps, model, request) }.0
    }
    return BenchmarkRow(
      name: "\(name).\(what).ms_per_permutation",
      value: 1000 * Usage(of: rounds).wall / Double(arrangements),
      unit: "ms",
      published: isEnhanced ? PublishedFigures.enhancement : PublishedFigures.largestT
    )
  }

  private static func enhance5000(_ simulated: SimulatedMaps) throws -> [BenchmarkRow] {
    let maps = simulated.maps(participants: 36)
    let request = request(5000, simulated.mask, isEnhanced: true)
    let model = try model(36)
    let usage = try Usage.measure { try permutationTest(maps, model, request) }.0
    return [
      BenchmarkRow(
        name: "\(name).tfce2mm.wall_s",
        value: usage.wall,
        unit: "s",
        published: PublishedFigures.fineEnhancement
      ),
      BenchmarkRow(name: "\(name).tfce2mm.peak_mib", value: usage.peak, unit: "MiB"),
    ]
  }

  private static func mixed(_ simulated: SimulatedMaps) throws -> [BenchmarkRow] {
    let maps = simulated.maps(participants: 20)
    let variances = GroupMaps(
      (0..<20).map { participant in
        simulated.field(seed: UInt64(1000 + participant)).map { 0.3 + 0.1 * $0 * $0 }
      }
    )
    let model = try model(20)
    let rounds = try (0..<2).map { _ in
      try Usage.measure {
        try mixedEffects(maps, variances: variances, model, threads: threads)
      }.0
    }
    let usage = Usage(of: rounds)
    return [
      BenchmarkRow(
        name: "\(name).mixed2mm.wall_s",
        value: usage.wall,
        unit: "s",
        published: PublishedFigures.mixedEffects
      ),
      BenchmarkRow(
        name: "\(name).mixed2mm.peak_mib",
        value: usage.peak,
        unit: "MiB",
        published: PublishedFigures.mixedEffectsPeak
      ),
    ]
  }

  /// Ordinary least squares over 200 maps that come one after the other.
  private static func manyMaps(_ simulated: SimulatedMaps) throws -> [BenchmarkRow] {
    let few = (0..<4).map { simulated.field(seed: UInt64($0)) }
    let model = try model(200)
    let (usage, _) = Usage.measure {
      var sums = LeastSquaresSums(model, voxelCount: simulated.mask.count)
      for participant in 0..<200 { sums.add(few[participant % 4], ofParticipant: participant) }
      return sums.estimates(threads: threads)
    }
    return [
      BenchmarkRow(name: "\(name).ols200.wall_s", value: usage.wall, unit: "s"),
      BenchmarkRow(name: "\(name).ols200.peak_mib", value: usage.peak, unit: "MiB"),
    ]
  }
}
