import Atlas
import Imaging
import NIfTI
import TestData
import Testing

@Suite("Simulated effects", .enabled(if: SharedData.isPresent))
struct SimulatedEffectTests {
  /// The slope through the origin of estimates on truth over the regions, and its standard error
  /// where the regions' errors are independent.
  private func slope(
    of contrast: String,
    truth: String,
    run: String?
  ) throws -> (slope: Double, error: Double, count: Int) {
    let rows = try SmallSimulation.shared.get().rows(of: contrast, run: run)
    var (xy, xx, xxee, count) = (0.0, 0.0, 0.0, 0)
    for (region, x) in try SmallSimulation.trueEffects(truth) {
      let row = try #require(rows[region])
      let (y, error) = (try #require(row.effect), try #require(row.standardError))
      (xy, xx, xxee) = (xy + x * y, xx + x * x, xxee + x * x * error * error)
      count += 1
    }
    return (xy / xx, xxee.squareRoot() / xx, count)
  }

  @Test(
    "Heat in regions: slope on the truth within 0.9 to 1.1, in each run and over both",
    arguments: ["heat_high", "heat_low"],
    ["1", "2", nil]
  )
  func heat(contrast: String, run: String?) throws {
    let found = try slope(of: contrast, truth: contrast, run: run)
    print("\(contrast), run \(run ?? "all"): slope \(found.slope) ± \(found.error)")
    #expect(found.count > 10)
    #expect((0.9...1.1).contains(found.slope), "\(found)")
  }

  @Test("Ratings in regions: slope on the truth over both runs within 0.9 to 1.1, and its error")
  func ratings() throws {
    var weighted = (sum: 0.0, weight: 0.0)
    for contrast in ["heat_high_by_pain_rating", "heat_low_by_pain_rating"] {
      let found = try slope(of: contrast, truth: "heat_rating", run: nil)
      print("\(contrast): slope \(found.slope) ± \(found.error)")
      // A rating scaled by its run's own deviation is near, not at, the pooled one of the truth.
      #expect(abs(found.slope - 1) < 0.1 + 3 * found.error, "\(found)")
      let weight = 1 / (found.error * found.error)
      weighted = (weighted.sum + weight * found.slope, weighted.weight + weight)
    }
    #expect((0.9...1.1).contains(weighted.sum / weighted.weight))
  }

  @Test(
    "Far from any effect at most 6 % of voxels are below p .05, in each run",
    arguments: ["heathigh", "heatlow"],
    [1, 2]
  )
  func falsePositives(contrast: String, run: Int) throws {
    let p = try SmallSimulation.shared.get().map(of: contrast, run: run, "p")
    let isFar = try Self.isFarFromEffects.get()
    let values = zip(p.values, isFar).filter { $0.1 && $0.0.isFinite }.map(\.0)
    try #require(values.count > 10_000)
    let share = Double(values.count { $0 < 0.05 }) / Double(values.count)
    print("\(contrast), run \(run): \(share) of \(values.count) voxels below .05")
    #expect(share <= 0.06)
  }

  /// Whether every voxel responds to nothing within 16 mm.
  private static let isFarFromEffects: Result<[Bool], any Error> = Result {
    let maps = try ["heat_high", "heat_low", "heat_rating"].map(SmallSimulation.trueMap)
    let grid = maps[0].grid
    var isFar = [Bool](repeating: true, count: grid.voxelCount)
    let reach = 4
    for index in 0..<grid.voxelCount
    where maps.contains(where: { abs($0.values[index]) > 1e-6 }) {
      let voxel = grid.voxel(at: index)
      for z in max(0, voxel.z - reach)...min(grid.dimensions.z - 1, voxel.z + reach) {
        for y in max(0, voxel.y - reach)...min(grid.dimensions.y - 1, voxel.y + reach) {
          for x in max(0, voxel.x - reach)...min(grid.dimensions.x - 1, voxel.x + reach) {
            let step = SIMD3<Double>(SIMD3(x, y, z) &- voxel) * grid.voxelSize
            if step.length <= 16 { isFar[grid.index(x, y, z)] = false }
          }
        }
      }
    }
    return isFar
  }
}
