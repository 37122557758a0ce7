import Algebra
import GLM
import GLMKernel
import TestData
import Testing

/// NIST StRD, Longley: sixteen years, six nearly collinear regressors and a constant.
@Suite("Longley's data")
struct LongleyTests {
  private static let rows: [[Double]] = [
    [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
    [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
    [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
    [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
    [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
    [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
    [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
    [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
    [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
    [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
    [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
    [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
    [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
    [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
    [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
    [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
  ]

  /// Certified estimates and standard errors, the constant last.
  private static let certified: [(effect: Double, error: Double)] = [
    (15.0618722713733, 84.9149257747669),
    (-0.358191792925910e-1, 0.334910077722432e-1),
    (-2.02022980381683, 0.488399681651699),
    (-1.03322686717359, 0.214274163161675),
    (-0.511041056535807e-1, 0.226073200069370),
    (1829.15146461355, 455.478499142212),
    (-3482258.63459582, 890420.383607373),
  ]

  @Test("Estimates, standard errors and F are the certified ones to 9 digits")
  func certified() throws {
    // Columns scaled to one length leave a condition number near 4e4: 1e-9 leaves room for its
    // square times a rounding error.
    let columns = (1..<7).map { column in Self.rows.map { $0[column] } }
    let x = Matrix(columns: columns + [[Double](repeating: 1, count: 16)], rowCount: 16)
    let slopes = (0..<6).map { only($0, of: 7) }
    let found = try fitSeries(
      SeriesFitRequest(
        series: Self.rows.map { $0[0] },
        design: named(x),
        keptVolumes: Array(0..<16),
        contrasts: (0..<7).map { question("column\($0)", only($0, of: 7)) } + [
          question("all", slopes[0], slopes[1], slopes[2], slopes[3], slopes[4], slopes[5])
        ],
        noise: .firstOrder(0)
      )
    )
    for (estimate, known) in zip(found, Self.certified) {
      #expect(abs(estimate.effect / known.effect - 1) < 1e-9)
      #expect(abs(estimate.standardError / known.error - 1) < 1e-9)
    }
    #expect(abs(found[7].statistic / 330.285339234588 - 1) < 1e-9)
    #expect(found[7].degreesOfFreedom == 9)
  }
}
