internal import Algebra

/// The kernel to read, and to compare others with: float64 throughout, no instruction set assumed.
///
/// With r the least-squares residuals, Z'r = 0, and per voxel gamma = Z'y + G⁻¹m where
/// m = Z'V⁻¹r and G = Z'V⁻¹Z, and the residual sum of squares is r'V⁻¹r - m'G⁻¹m.
public struct ReferenceKernel: StripKernel {
  /// Creates the kernel.
  public init() {}

  /// See ``StripKernel/autocovariances(_:design:into:)``.
  public func autocovariances(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    into sums: UnsafeMutablePointer<Double>
  ) {
    autocovariances(of: keptValues(strip, design), design: design, into: sums)
  }

  /// See ``StripKernel/fit(_:design:noise:into:)``.
  public func fit(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    noise: UnsafePointer<Double>,
    into results: UnsafeMutablePointer<Double>
  ) {
    fit(keptValues(strip, design), design: design, noise: LaneNoise(noise), into: results)
  }

  /// Sums the products of the residuals of one float64 series at each lag of the design.
  ///
  /// - Parameters:
  ///   - series: One value per volume, censored ones included.
  ///   - design: The design, with its lags.
  /// - Returns: lags + 1 sums.
  public func autocovariances(of series: [Double], design: KernelDesign) -> [Double] {
    let width = Lanes.scalarCount
    var sums = [Double](repeating: 0, count: design.sumCount * width)
    autocovariances(of: keptValues(series, design), design: design, into: &sums)
    return design.lagPairs.indices.map { sums[$0 * width] }
  }

  /// Fits one float64 series.
  ///
  /// - Parameters:
  ///   - series: One value per volume, censored ones included.
  ///   - design: The design, with its contrasts.
  ///   - noise: The noise.
  /// - Returns: The results of ``StripKernel/fit(_:design:noise:into:)`` for this series.
  public func fit(_ series: [Double], design: KernelDesign, noise: NoiseShape) -> [Double] {
    let width = Lanes.scalarCount
    var results = [Double](repeating: 0, count: design.resultCount * width)
    let shape = LaneNoise(
      memory: Lanes(repeating: noise.memory),
      share: Lanes(repeating: noise.share)
    )
    fit(keptValues(series, design), design: design, noise: shape, into: &results)
    return stride(from: 0, to: results.count, by: width).map { results[$0] }
  }

  private func autocovariances(
    of values: [Lanes],
    design: KernelDesign,
    into sums: UnsafeMutablePointer<Double>
  ) {
    let fit = StripResiduals(of: values, design: design)
    let isUsable = fit.sumOfSquares .== fit.sumOfSquares
    for lag in design.lagPairs.indices {
      let sum = lag == 0 ? fit.sumOfSquares : fit.sumOfProducts(over: design.lagPairs[lag])
      store(Lanes(repeating: .nan).replacing(with: sum, where: isUsable), row: lag, in: sums)
    }
    store(fit.total, row: design.lagPairs.count, in: sums)
  }

  private func fit(
    _ values: [Lanes],
    design: KernelDesign,
    noise: LaneNoise,
    into results: UnsafeMutablePointer<Double>
  ) {
    let fit = StripResiduals(of: values, design: design)
    let white =
      noise.isFirstOrder
      ? WhitenedStrip(firstOrder: noise.memory, of: fit, design: design)
      : WhitenedStrip(filtered: noise, of: fit, design: design)
    let solver = white.solver
    let step = solver.solve(white.products)
    var gamma = fit.projections
    var sumOfSquares = white.sumOfSquares
    for j in step.indices {
      gamma[j] += step[j]
      sumOfSquares -= step[j] * white.products[j]
    }
    let variance = sumOfSquares / Double(design.degreesOfFreedom)
    store(variance * white.noiseVariance, row: 0, in: results)
    // NaN where the variance is NaN, else nothing.
    let blank = variance * 0
    for contrast in design.contrasts {
      switch contrast.kind {
      case .t:
        let weights = contrast.rows.row(0).map { Lanes(repeating: $0) }
        store(product(weights, gamma) + blank, row: contrast.firstResult, in: results)
        let share = product(weights, solver.solve(weights))
        store(share * variance, row: contrast.firstResult + 1, in: results)
      case .f:
        let joint = LaneEffects(contrast, gamma: gamma, solver: solver)
        var row = contrast.firstResult
        store(joint.quadraticForm / variance, row: row, in: results)
        for effect in joint.effects {
          row += 1
          store(effect + blank, row: row, in: results)
        }
        for share in joint.shares {
          row += 1
          store(share * variance, row: row, in: results)
        }
      }
    }
  }
}

/// The effects of an F contrast with what their covariance is a multiple of.
private struct LaneEffects {
  /// *H* gamma.
  let effects: [Lanes]

  /// The lower triangle of *HG*⁻¹*H*', row after row.
  let shares: [Lanes]

  /// (H gamma)' (H G⁻¹ H')⁻¹ (H gamma) / q: F before the division by the variance.
  let quadraticForm: Lanes

  init(_ contrast: BasisContrast, gamma: [Lanes], solver: InformationSolver) {
    let count = contrast.rows.rowCount
    let rows = (0..<count).map { contrast.rows.row($0).map { Lanes(repeating: $0) } }
    let effects = rows.map { product($0, gamma) }
    var square = [Lanes](repeating: .zero, count: count * count)
    var shares: [Lanes] = []
    for i in 0..<count {
      let solved = solver.solve(rows[i])
      for j in 0...i {
        square[i * count + j] = product(rows[j], solved)
        shares.append(square[i * count + j])
      }
    }
    let inverse = LaneCholesky(size: count, lowerTriangle: square)
    self.effects = effects
    self.shares = shares
    quadraticForm = product(effects, inverse.solve(effects)) / Double(count)
  }
}

private func keptValues(_ strip: UnsafePointer<Float>, _ design: KernelDesign) -> [Lanes] {
  design.kept.rows.map { row in
    let values = UnsafeRawPointer(strip + row * Lanes.scalarCount)
    return Lanes(values.loadUnaligned(as: SIMD16<Float>.self))
  }
}

private func keptValues(_ series: [Double], _ design: KernelDesign) -> [Lanes] {
  design.kept.rows.map { Lanes(repeating: series[$0]) }
}

private func product(_ a: [Lanes], _ b: [Lanes]) -> Lanes {
  var sum = Lanes.zero
  for j in a.indices { sum += a[j] * b[j] }
  return sum
}

private func store(_ lanes: Lanes, row: Int, in results: UnsafeMutablePointer<Double>) {
  for lane in 0..<Lanes.scalarCount { results[row * Lanes.scalarCount + lane] = lanes[lane] }
}
