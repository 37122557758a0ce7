import Algebra
import Design
import Glibc
import Job
import Testing

/// A design of plain columns, the constant last.
private func design(_ columns: [(String, ColumnRole, [Double])]) -> DesignMatrix {
  let count = columns.first?.2.count ?? 0
  let all = columns + [("constant", .constant, [Double](repeating: 1, count: count))]
  return DesignMatrix(
    columns: all.map { DesignColumn(name: $0.0, role: $0.1, peakHeight: 1) },
    matrix: Matrix(columns: all.map(\.2), rowCount: count)
  )
}

private func result(
  _ expression: String,
  _ design: DesignMatrix,
  kept: [Int]? = nil
) throws -> DesignCheck {
  let asked = try contrast(ContrastRequest(name: "c", expression: expression), for: design)
  let volumes = kept ?? Array(0..<design.matrix.rowCount)
  return try #require(check(design, contrasts: [asked], keptVolumes: volumes).first)
}

@Suite("Design checks")
struct DesignCheckTests {
  // Orthogonal waves of 64 volumes, mean 0.
  private func wave(_ cycles: Double, phase: Double = 0) -> [Double] {
    (0..<64).map { sin(2 * Double.pi * cycles * Double($0) / 64 + phase) }
  }

  // x = √.7 u + √.3 d with u, d orthogonal: drift d takes .3 and inflates by 1 / .7.
  @Test("The share that drift takes and the inflation have their closed forms")
  func closedForm() throws {
    let mixed = zip(wave(5), wave(2)).map { 0.7.squareRoot() * $0 + 0.3.squareRoot() * $1 }
    let made = design([("a", .stimulus(condition: "a"), mixed), ("drift_1", .drift, wave(2))])
    let found = try result("a", made)
    #expect(abs(found.removedVarianceShare - 0.3) < 1e-12)
    #expect(abs(found.varianceInflation - 1 / 0.7) < 1e-12)
    #expect(found.keptVarianceShare == 1)
    #expect(found.refusal == nil)
    #expect(found.warnings.count == 1)
    #expect(found.warnings.first?.contains("take away 30 %") == true)
  }

  // Correlation r between two regressors: a alone is inflated by 1/(1-r²), the difference by
  // 1/(1-r), the sum by 1/(1+r).
  @Test("Correlated regressors inflate their difference, not their sum")
  func correlated() throws {
    let r = 0.9
    let other = zip(wave(5), wave(7)).map { r * $0 + (1 - r * r).squareRoot() * $1 }
    let made = design([
      ("a", .stimulus(condition: "a"), wave(5)), ("b", .stimulus(condition: "b"), other),
    ])
    for (expression, expected) in [
      ("a", 1 / (1 - r * r)), ("a - b", 1 / (1 - r)), ("a + b", 1 / (1 + r)),
    ] {
      let found = try result(expression, made)
      #expect(abs(found.varianceInflation - expected) < 1e-9)
      #expect(found.warnings.isEmpty == (expected < 5))
      #expect(found.removedVarianceShare < 1e-12)
    }
  }

  @Test("A contrast that cannot be estimated is said to be")
  func notEstimable() throws {
    let made = design([
      ("a", .stimulus(condition: "a"), wave(5)), ("b", .stimulus(condition: "b"), wave(5)),
    ])
    #expect(try result("a", made).varianceInflation == .infinity)
    #expect(try result("a", made).warnings.count == 1)
    #expect(try result("a + b", made).varianceInflation.isFinite)
  }

  @Test("What a regressor coincides with, or follows from, is named; a sum that can be told is not")
  func dependent() throws {
    let sum = zip(wave(5), wave(2)).map { 2 * $0 - $1 }
    let made = design([
      ("a", .stimulus(condition: "a"), wave(5)), ("b", .stimulus(condition: "b"), wave(5)),
      ("c", .stimulus(condition: "c"), wave(3)), ("d", .stimulus(condition: "d"), wave(2)),
      ("e", .stimulus(condition: "e"), sum),
    ])
    #expect(
      try result("a", made).refusal == .notEstimable(contrast: "c", column: "a", others: ["b"])
    )
    #expect(try result("c", made).refusal == nil)
    // e = 2 a - d, so e, a + b and d cannot be told apart; what does not change along that line can.
    #expect(try result("a + b", made).refusal != nil)
    #expect(try result("a + b + 2*e", made).refusal == nil)
    let without = design([
      ("a", .stimulus(condition: "a"), wave(5)), ("d", .stimulus(condition: "d"), wave(2)),
      ("e", .stimulus(condition: "e"), sum), ("f", .stimulus(condition: "f"), wave(7)),
    ])
    #expect(
      try result("e - f", without).refusal
        == .notEstimable(contrast: "c", column: "e", others: ["a", "d"])
    )
    let empty = design([
      ("a", .stimulus(condition: "a"), wave(5)),
      ("z", .stimulus(condition: "z"), wave(5).map { _ in 0 }),
    ])
    #expect(try result("z", empty).refusal == .emptyRegressor(column: "z", peak: 0))
    #expect(try result("a", empty).refusal == nil)
  }

  // A block in the first quarter: of its variance q(1-q) n, what is left when most of it is censored.
  @Test("A contrast that lost half of its variance to censoring is refused")
  func censored() throws {
    let block = (0..<64).map { $0 < 16 ? 1.0 : 0 }
    let made = design([
      ("a", .stimulus(condition: "a"), block), ("b", .stimulus(condition: "b"), wave(5)),
    ])
    let found = try result("a", made, kept: Array(12..<64))
    // 4 of 52: 4 - 16/52 of 16 - 256/64.
    #expect(abs(found.keptVarianceShare - (4 - 16.0 / 52) / 12) < 1e-12)
    #expect(
      found.refusal == .lostByCensoring(contrast: "c", keptVarianceShare: found.keptVarianceShare)
    )
    #expect(try result("a + 100*b", made, kept: Array(12..<64)).refusal != nil)
    #expect(try result("b", made, kept: Array(12..<64)).refusal == nil)
    #expect(try result("a", made, kept: Array(0..<40)).refusal == nil)
  }

  @Test("60 s block cycles survive a 128 s high-pass, 200 s cycles do not")
  func highPass() throws {
    for (cycle, isWarned) in [(60.0, false), (200, true)] {
      let onsets = Array(stride(from: 10, to: 460, by: cycle))
      let made = try makeDesign(
        DesignRequest(
          conditions: [
            Condition(
              name: "a",
              onsets: onsets,
              durations: onsets.map { _ in cycle / 2 }
            )
          ],
          frameTimes: frameTimes(volumeCount: 240, repetitionTime: 2, referenceTime: 1),
          repetitionTime: 2,
          hemodynamics: .spm,
          drift: .cosine(cutoff: 128)
        )
      )
      #expect((try result("a", made).removedVarianceShare >= 0.2) == isWarned)
    }
  }

  @Test("An F contrast is judged by its worst row")
  func worstRow() throws {
    let mixed = zip(wave(5), wave(2)).map { $0 + $1 }
    let made = design([
      ("a", .stimulus(condition: "a"), mixed), ("b", .stimulus(condition: "b"), wave(7)),
      ("drift_1", .drift, wave(2)),
    ])
    #expect(abs(try result("b, a", made).removedVarianceShare - 0.5) < 1e-12)
  }
}
