internal import Algebra
internal import GLMKernel
internal import Statistics

/// What turns the statistics of one design into p and z.
struct StatisticTails: Sendable {
  private let t: StudentT
  /// By the numerator's degrees of freedom less 1.
  private let f: [FDistribution]

  /// Prepares the distributions of some designs, once for all that share their degrees of freedom.
  ///
  /// - Parameter designs: The designs.
  /// - Returns: One per design, in their order.
  static func each(of designs: [KernelDesign]) -> [StatisticTails] {
    let alike = Dictionary(grouping: designs, by: \.degreesOfFreedom).mapValues(Self.init)
    return designs.compactMap { alike[$0.degreesOfFreedom] }
  }

  /// Prepares the distributions of designs with the same degrees of freedom, at least one.
  private init(_ designs: [KernelDesign]) {
    let denominator = Double(designs[0].degreesOfFreedom)
    let numerators = designs.flatMap(\.contrasts).filter { $0.kind == .f }.map(\.rows.rowCount)
    t = StudentT(degreesOfFreedom: denominator)
    f = (0..<(numerators.max() ?? 0)).map {
      FDistribution(numerator: Double($0 + 1), denominator: denominator)
    }
  }

  /// Returns the p and the z of a statistic, a t or an F as the contrast says.
  ///
  /// - Parameters:
  ///   - statistic: The value.
  ///   - contrast: A contrast of one of the designs.
  /// - Returns: Both.
  func pAndZ(_ statistic: Double, of contrast: BasisContrast) -> (p: Double, z: Double) {
    contrast.kind == .t ? t.pAndZ(statistic) : f[contrast.rows.rowCount - 1].pAndZ(statistic)
  }
}
