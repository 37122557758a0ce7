import Algebra
import Design
import GLM
import GLMKernel
import TestData
import Testing

/// Case 28: what must hold of every fit, here of AR(1) noise and of none.
@Suite("Invariants of a fit")
struct InvariantTests {
  private static let columns = 7
  private let x = runLikeDesign(volumes: 80, columns: columns)
  private let y: [Double]

  /// 1e-12 leaves room for some hundred roundings of numbers of size 1.
  private let rounding = 1e-12

  init() {
    var numbers = NormalNumbers(seed: 31)
    y = numbers.memory(0.5, count: 80).map { $0 + 20 }
  }

  private func fit(_ weights: [Double]..., noise: NoiseShape) throws -> SeriesEstimate {
    let rows = Matrix(rowCount: weights.count, columnCount: 7, elements: weights.flatMap { $0 })
    let kind: Contrast.Kind = weights.count == 1 ? .t : .f
    let contrast = Contrast(name: "c", expression: "c", kind: kind, weights: rows)
    return try fitAlone(x, y, [contrast], noise: noise)[0]
  }

  @Test(
    "Turning a contrast turns effect, t and z",
    arguments: [.white, NoiseShape.firstOrder(0.5)]
  )
  func turned(noise: NoiseShape) throws {
    let one = try fit([1, -1, 0, 0, 0, 0, 0], noise: noise)
    let other = try fit([-1, 1, 0, 0, 0, 0, 0], noise: noise)
    #expect(other.effect == -one.effect)
    #expect(other.statistic == -one.statistic)
    #expect(other.z == -one.z)
    #expect(other.p == one.p)
  }

  @Test(
    "Doubling a contrast doubles its effect alone",
    arguments: [.white, NoiseShape.firstOrder(0.5)]
  )
  func doubled(noise: NoiseShape) throws {
    let one = try fit([1, -1, 0, 0, 0, 0, 0], noise: noise)
    let two = try fit([2, -2, 0, 0, 0, 0, 0], noise: noise)
    #expect(close(two.effect, 2 * one.effect, rounding))
    #expect(close(two.standardError, 2 * one.standardError, rounding))
    #expect(close(two.z, one.z, rounding))
  }

  @Test("The F of one row is t squared", arguments: [.white, NoiseShape.firstOrder(0.5)])
  func oneRow(noise: NoiseShape) throws {
    let t = try fit([1, -1, 0, 0, 0, 0, 0], noise: noise)
    let contrast = Contrast(
      name: "f",
      expression: "f",
      kind: .f,
      weights: Matrix(rowCount: 1, columnCount: 7, elements: [1, -1, 0, 0, 0, 0, 0])
    )
    let f = try fitAlone(x, y, [contrast], noise: noise)[0]
    #expect(close(f.statistic, t.statistic * t.statistic, rounding))
    #expect(close(f.p, t.p, rounding))
    #expect(close(f.z, abs(t.z), rounding))
  }

  @Test("An F depends on what its rows span, not on the rows")
  func span() throws {
    let rows = try fit(only(0, of: 7), only(1, of: 7), noise: .firstOrder(0.5))
    let others = try fit(
      [1, 1, 0, 0, 0, 0, 0],
      [3, -2, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0, 0],
      noise: .firstOrder(0.5)
    )
    #expect(close(rows.statistic, others.statistic, rounding))
    #expect(others.numeratorDegreesOfFreedom == 2)
  }

  @Test("Memory of 0 is ordinary least squares")
  func withoutMemory() throws {
    let white = try fit(only(0, of: 7), noise: .white)
    let memoryless = try fit(only(0, of: 7), noise: .firstOrder(0))
    #expect(close(memoryless.effect, white.effect, rounding))
    #expect(close(memoryless.statistic, white.statistic, rounding))
  }

  @Test("The residuals of a design with a constant have mean 0")
  func residualMean() throws {
    #expect(abs(try residuals(x, y).reduce(0, +)) < 80 * rounding)
  }

  @Test("Three copies of a run keep the effect at a third of the variance")
  func copies() throws {
    let one = try fit(only(0, of: 7), noise: .firstOrder(0.5))
    let three = try fixedEffects([one, one, one])
    #expect(close(three.effect, one.effect, rounding))
    let variances = [one, three].map { $0.standardError * $0.standardError }
    #expect(close(variances[1], variances[0] / 3, rounding))
    #expect(three.degreesOfFreedom == 3 * one.degreesOfFreedom)
  }
}
