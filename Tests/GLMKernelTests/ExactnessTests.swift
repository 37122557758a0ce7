import Algebra
import GLMKernel
import TestData
import Testing

/// The kernel against V written out, at 1e-9 in t and F, relative above 1.
@Suite("Exactness of the reference kernel")
struct ExactnessTests {
  private static let volumes = 120
  private static let design = runLikeDesign(volumes: volumes, columns: 12)
  private static let censored = (0..<volumes).filter {
    ![0, 17, 18, 19, 40, 60, 62, 90].contains($0)
  }

  struct Layout: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kept: [Int]
    var runStarts = [0]
  }

  static let layouts = [
    Layout(testDescription: "one segment", kept: Array(0..<volumes)),
    Layout(testDescription: "two runs", kept: Array(0..<volumes), runStarts: [0, 50]),
    Layout(testDescription: "censored", kept: censored),
    Layout(testDescription: "two runs, censored", kept: censored, runStarts: [0, 61]),
    Layout(testDescription: "censored at the ends only", kept: Array(3..<volumes - 2)),
  ]

  static let shapes: [NoiseShape] =
    [-0.5, -0.3, 0, 0.3, 0.6, 0.9, 0.97].map(NoiseShape.firstOrder)
    + [(0.3, 0.5), (0.8, 0.5), (0.97, 0.2), (0.97, 0.99), (0.5, 0)].map(
      NoiseShape.init(memory:share:)
    )

  @Test(
    "t, F and effects agree with V written out",
    arguments: layouts,
    shapes
  )
  func agreesWithDefinition(layout: Layout, noise: NoiseShape) throws {
    var numbers = NormalNumbers(seed: 3)
    let series = (0..<16).map { _ in numbers.memory(0.4, count: Self.volumes).map { $0 + 100 } }
    let questions = [
      [only(0, of: 12)],
      [zip(only(0, of: 12), only(1, of: 12)).map { $0 - $1 }],
      [only(0, of: 12), only(1, of: 12), only(6, of: 12)],
    ]
    let prepared = try KernelDesign(
      Self.design,
      kept: layout.kept,
      runStarts: layout.runStarts,
      contrasts: questions.enumerated().map { index, rows in
        let weights = Matrix(rowCount: rows.count, columnCount: 12, elements: rows.flatMap { $0 })
        return KernelContrast(kind: index < 2 ? .t : .f, weights: weights)
      }
    )
    var results = [Double](repeating: 0, count: prepared.resultCount * 16)
    ReferenceKernel().fit(
      strip(series),
      design: prepared,
      noise: sixteen(noise),
      into: &results
    )
    for lane in [0, 9, 15] {
      let rounded = series[lane].map { Double(Float($0)) }
      let dense = try DenseFit(
        Self.design,
        rounded,
        kept: layout.kept,
        runStarts: layout.runStarts,
        noise: noise
      )
      let row = { (row: Int) in results[row * 16 + lane] }
      #expect(abs(row(0) / dense.variance - 1) < 1e-9)
      for index in 0..<2 {
        let t = dense.t(questions[index][0])
        let found = row(1 + 2 * index) / row(2 + 2 * index).squareRoot()
        #expect(abs(found - t) < 1e-9 * max(1, abs(t)))
        #expect(abs(row(1 + 2 * index) - dense.effect(questions[index][0])) < 1e-10)
      }
      let f = try dense.f(questions[2])
      #expect(abs(row(5) - f) < 1e-9 * max(1, f))
    }
  }

  @Test("Deleting volumes equals spike columns in the whole V", arguments: [0.3, 0.9])
  func spikes(rho: Double) throws {
    var numbers = NormalNumbers(seed: 5)
    let series = numbers.memory(0.6, count: Self.volumes)
    let dropped = (0..<Self.volumes).filter { !Self.censored.contains($0) }
    let columns = (0..<12).map(Self.design.column) + dropped.map { only($0, of: Self.volumes) }
    let spiked = Matrix(columns: columns, rowCount: Self.volumes)
    let dense = try DenseFit(spiked, series, kept: Array(0..<Self.volumes), noise: .firstOrder(rho))
    let weights = Matrix(rowCount: 1, columnCount: 12, elements: only(0, of: 12))
    let prepared = try KernelDesign(
      Self.design,
      kept: Self.censored,
      contrasts: [KernelContrast(kind: .t, weights: weights)]
    )
    let results = ReferenceKernel().fit(series, design: prepared, noise: .firstOrder(rho))
    let t = dense.t(only(0, of: columns.count))
    #expect(abs(results[1] / results[2].squareRoot() - t) < 1e-9 * max(1, abs(t)))
    #expect(prepared.degreesOfFreedom == Self.volumes - columns.count)
  }

  @Test("A redundant column changes no estimable contrast", arguments: [0, 0.5])
  func rankDeficient(rho: Double) throws {
    var numbers = NormalNumbers(seed: 6)
    let series = numbers.memory(0.4, count: Self.volumes)
    let columns = (0..<12).map(Self.design.column)
    // The added column is the sum of columns 0 and 5.
    let extra = zip(columns[0], columns[5]).map { $0 + $1 }
    let deficient = Matrix(columns: columns + [extra], rowCount: Self.volumes)
    let kept = Array(0..<Self.volumes)
    let weights = Matrix(rowCount: 1, columnCount: 13, elements: only(1, of: 13))
    let prepared = try KernelDesign(
      deficient,
      kept: kept,
      contrasts: [KernelContrast(kind: .t, weights: weights)]
    )
    let results = ReferenceKernel().fit(series, design: prepared, noise: .firstOrder(rho))
    let t = try DenseFit(Self.design, series, kept: kept, noise: .firstOrder(rho)).t(
      only(1, of: 12)
    )
    #expect(abs(results[1] / results[2].squareRoot() - t) < 1e-9 * max(1, abs(t)))
    #expect(prepared.rank == 12)
    #expect(throws: KernelError.contrastNotEstimable(contrast: 0)) {
      let lost = Matrix(rowCount: 1, columnCount: 13, elements: only(0, of: 13))
      _ = try KernelDesign(
        deficient,
        kept: kept,
        contrasts: [KernelContrast(kind: .t, weights: lost)]
      )
    }
  }

  @Test("Statistics do not depend on the basis of the design")
  func changeOfBasis() throws {
    var numbers = NormalNumbers(seed: 8)
    let series = numbers.memory(0.4, count: Self.volumes)
    // X A has coefficients A^-1 beta, so weights c become A'c. A is an upper triangle.
    var change = Matrix.identity(12)
    for i in 0..<12 { for j in i..<12 { change[i, j] += numbers.next() } }
    let weights = Matrix(rowCount: 1, columnCount: 12, elements: only(0, of: 12))
    let first = try KernelDesign(
      Self.design,
      kept: Self.censored,
      contrasts: [KernelContrast(kind: .t, weights: weights)]
    )
    let second = try KernelDesign(
      Self.design * change,
      kept: Self.censored,
      contrasts: [KernelContrast(kind: .t, weights: weights * change)]
    )
    let a = ReferenceKernel().fit(series, design: first, noise: .firstOrder(0.4))
    let b = ReferenceKernel().fit(series, design: second, noise: .firstOrder(0.4))
    for row in a.indices { #expect(abs(a[row] - b[row]) < 1e-9 * max(1, abs(a[row]))) }
  }
}
