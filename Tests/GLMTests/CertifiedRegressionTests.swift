import Algebra
import Design
import GLM
import GLMKernel
import TestData
import Testing

/// How far least squares in float64 may stay from the certified values.
///
/// A backward stable solver returns the exact answer to columns and a response that are off by a
/// rounding error per row, n ε of their length; so are the decimals themselves once they are float64.
/// To first order such an error moves estimate j by u_j (what changes the fit) + u_j κ (what turns
/// the residuals), u_j² the diagonal of (X'X)⁻¹ and κ the condition number of the columns scaled to
/// one length; Higham (2002), *Accuracy and Stability of Numerical Algorithms*, chapter 20.
private struct Tolerance {
  let effects: [Double]
  let relativeErrors: Double
  let deviation: Double
  let relativeF: Double

  init(_ set: CertifiedSet) {
    let rows = set.response.count
    let width = set.columns.count
    let unit = Double(rows) * .ulpOfOne
    let lengths = set.columns.map(norm)
    let fitted = zip(set.effects, lengths).reduce(norm(set.response)) { $0 + abs($1.0) * $1.1 }
    let residual = set.deviation * Double(rows - width).squareRoot()
    let scaled = zip(set.errorUnits, lengths).map { $0 * $1 }
    let condition = norm(scaled) * Double(width).squareRoot()
    effects = zip(set.errorUnits, set.effects).map { error, effect in
      unit * error * (fitted + condition * residual) + printed * abs(effect)
    }
    deviation = unit * fitted / Double(rows - width).squareRoot() + printed * set.deviation
    let share = deviation / set.deviation
    relativeErrors = unit * condition + share + printed
    let explained = (set.f * Double(width - (set.hasConstant ? 1 : 0))).squareRoot() * set.deviation
    relativeF = 2 * unit * fitted / explained + 2 * share + printed
  }
}

/// The certified values have 15 digits.
private let printed = 5e-15

private func norm(_ a: [Double]) -> Double { a.reduce(0) { $0 + $1 * $1 }.squareRoot() }

@Suite("Certified regressions (NIST StRD)")
struct CertifiedRegressionTests {
  @Test(
    "The solver's coefficients are as good as rounding lets them be",
    arguments: CertifiedSet.all
  )
  func solver(set: CertifiedSet) {
    let x = Matrix(columns: set.columns, rowCount: set.response.count)
    let decomposition = RankRevealingQR(x)
    #expect(decomposition.redundant.isEmpty)
    let found = decomposition.coefficients(of: set.response)
    let tolerance = Tolerance(set)
    for (place, certified) in set.effects.enumerated() {
      #expect(abs(found[place] - certified) <= tolerance.effects[place])
    }
    let fitted = decomposition.q * decomposition.projection(of: set.response)
    let freedom = Double(set.response.count - set.columns.count)
    let deviation = norm(zip(set.response, fitted).map { $0 - $1 }) / freedom.squareRoot()
    #expect(abs(deviation - set.deviation) <= tolerance.deviation)
  }

  @Test("So are a series' estimates, standard errors and F", arguments: CertifiedSet.all)
  func series(set: CertifiedSet) throws {
    let found = try fit(set)
    guard set.deviation > 0 else {
      // The residuals are rounding errors alone: nothing to compare an effect with.
      #expect(found.allSatisfy { $0.statistic.isNaN && $0.p.isNaN })
      return
    }
    let tolerance = Tolerance(set)
    for (place, certified) in set.effects.enumerated() {
      let error = set.errorUnits[place] * set.deviation
      #expect(abs(found[place].effect - certified) <= tolerance.effects[place])
      #expect(abs(found[place].standardError / error - 1) <= tolerance.relativeErrors)
      #expect(found[place].degreesOfFreedom == Double(set.response.count - set.columns.count))
    }
    let f = found[set.columns.count]
    #expect(abs(f.statistic / set.f - 1) <= tolerance.relativeF)
    #expect(f.numeratorDegreesOfFreedom == Double(set.columns.count - (set.hasConstant ? 1 : 0)))
  }

  private func fit(_ set: CertifiedSet) throws -> [SeriesEstimate] {
    let width = set.columns.count
    let rows = set.response.count
    let each = (0..<width).map { only($0, of: width) }
    let tested = Array(each.dropFirst(set.hasConstant ? 1 : 0))
    let all = Contrast(
      name: "all",
      expression: "all",
      kind: .f,
      weights: Matrix(rowCount: tested.count, columnCount: width, elements: tested.flatMap { $0 })
    )
    return try fitAlone(
      Matrix(columns: set.columns, rowCount: rows),
      set.response,
      each.enumerated().map { question("column\($0)", $1) } + [all]
    )
  }
}
