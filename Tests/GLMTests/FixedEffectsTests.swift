import Algebra
import Design
import GLM
import GLMKernel
import Imaging
import Job
import TestData
import Testing

@Suite("Fixed effects over runs")
struct FixedEffectsTests {
  private func fit(
    _ mask: Mask,
    seed: UInt64,
    name: String = "heat",
    isF: Bool = false
  ) throws -> ContrastEstimate {
    var numbers = NormalNumbers(seed: seed)
    let series = (0..<mask.count).map { _ in (0..<40).map { _ in 100 + numbers.next() } }
    return try fitRun(
      RunFitRequest(
        series: masked(mask, series),
        designs: [named(runLikeDesign(volumes: 40, columns: 6))],
        designOfVoxel: [Int](repeating: 0, count: mask.count),
        keptVolumes: Array(0..<40),
        contrasts: [
          isF
            ? question(name, only(0, of: 6), only(1, of: 6)) : question(name, only(0, of: 6))
        ],
        noise: .ols,
        repetitionTime: 2,
        baseline: [Double](repeating: 100, count: mask.count),
        threads: 1
      )
    ).estimates[0]
  }

  @Test("Effects are weighted by precision over the voxels that all runs share")
  func sharedVoxels() throws {
    let full = try fullMask([4, 3, 1])
    let left = Mask(grid: full.grid) { $0 < 8 }
    let right = Mask(grid: full.grid) { $0 >= 3 }
    let runs = [try fit(left, seed: 1), try fit(right, seed: 2)]
    let found = try fixedEffects(runs)
    #expect(found.statistic.mask.indices == [3, 4, 5, 6, 7])
    #expect(found.degreesOfFreedom == 68)
    let effects = try runs.map { try #require($0.effect) }
    let variances = try runs.map { try #require($0.variance) }
    let (e, v) = (
      (effects[0].values[3], effects[1].values[0]), (variances[0].values[3], variances[1].values[0])
    )
    // By hand: inverse-variance weights of the voxel with storage index 3.
    let variance = v.0 * v.1 / (v.0 + v.1)
    let effect = (e.0 * v.1 + e.1 * v.0) / (v.0 + v.1)
    #expect(abs(try #require(found.effect).values[0] - effect) < 1e-14)
    #expect(abs(try #require(found.variance).values[0] - variance) < 1e-14)
    #expect(abs(found.statistic.values[0] - effect / variance.squareRoot()) < 1e-12)
  }

  @Test("An F over runs of one row is the squared t, and of two rows that of the stacked data")
  func jointEffects() throws {
    var numbers = NormalNumbers(seed: 17)
    let design = named(runLikeDesign(volumes: 40, columns: 6))
    let rows = (only(0, of: 6), only(1, of: 6))
    let runs = try (0..<2).map { _ in
      try fitSeries(
        SeriesFitRequest(
          series: (0..<40).map { _ in 100 + numbers.next() },
          design: design,
          keptVolumes: Array(0..<40),
          contrasts: [
            question("t", rows.0),
            Contrast(
              name: "one",
              expression: "one",
              kind: .f,
              weights: Matrix(rowCount: 2, columnCount: 6, elements: rows.0 + rows.0)
            ), question("two", rows.0, rows.1),
          ],
          noise: .firstOrder(0.2)
        )
      )
    }
    let t = try fixedEffects(runs.map { $0[0] })
    let one = try fixedEffects(runs.map { $0[1] })
    #expect(one.numeratorDegreesOfFreedom == 1)
    #expect(abs(one.statistic - t.statistic * t.statistic) < 1e-10)
    #expect(abs(one.p - t.p) < 1e-10)
    // By hand: precisions of 2 x 2 covariances, added.
    let two = try fixedEffects(runs.map { $0[2] })
    var (p00, p01, p11, w0, w1) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for run in runs {
      let joint = try #require(run[2].joint)
      let c = joint.covariance
      let determinant = c[0] * c[2] - c[1] * c[1]
      let (a, b, d) = (c[2] / determinant, -c[1] / determinant, c[0] / determinant)
      p00 += a
      p01 += b
      p11 += d
      w0 += a * joint.effects[0] + b * joint.effects[1]
      w1 += b * joint.effects[0] + d * joint.effects[1]
    }
    let determinant = p00 * p11 - p01 * p01
    let f = (p11 * w0 * w0 - 2 * p01 * w0 * w1 + p00 * w1 * w1) / determinant / 2
    #expect(abs(two.statistic - f) < 1e-10)
    #expect(two.degreesOfFreedom == 68)
  }

  @Test("The F maps of runs combine as their series do")
  func jointMaps() throws {
    let mask = try fullMask([3, 1, 1])
    let runs = try [fit(mask, seed: 8, isF: true), fit(mask, seed: 9, isF: true)]
    let found = try fixedEffects(runs)
    #expect(found.numeratorDegreesOfFreedom == 2)
    #expect(found.effect == nil)
    for place in 0..<3 {
      // With two like covariances the combined F is that of the mean effects at half of it.
      let parts = runs.compactMap(\.joint)
      let c = parts[0].covariance.map { $0.values[place] }
      let scale = parts[1].covariance[0].values[place] / c[0]
      let weight = 1 / (1 + scale)
      let e = (0..<2).map { row in
        (parts[0].effects[row].values[place] * scale + parts[1].effects[row].values[place]) * weight
      }
      let determinant = c[0] * c[2] - c[1] * c[1]
      let form = (c[2] * e[0] * e[0] - 2 * c[1] * e[0] * e[1] + c[0] * e[1] * e[1]) / determinant
      #expect(abs(found.statistic.values[place] - form * (1 + scale) / scale / 2) < 1e-10)
    }
  }

  @Test("Nothing, different questions and different grids are refused by name")
  func refusals() throws {
    let mask = try fullMask([2, 2, 1])
    let heat = try fit(mask, seed: 3)
    #expect(throws: GLMError.noRuns) { _ = try fixedEffects([ContrastEstimate]()) }
    #expect(throws: GLMError.differentContrasts("heat", "cold")) {
      _ = try fixedEffects([heat, try fit(mask, seed: 4, name: "cold")])
    }
    #expect(throws: GLMError.differentGrids(contrast: "heat")) {
      _ = try fixedEffects([heat, try fit(try fullMask([4, 1, 1]), seed: 5)])
    }
  }
}
