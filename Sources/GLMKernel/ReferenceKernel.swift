internal import Algebra

/// The kernel to read, and to compare others with: float64 throughout, no instruction set assumed.
///
/// With r the least-squares residuals, Z'r = 0, and per voxel gamma = Z'y + G⁻¹m where
/// m = Z'V⁻¹r = -rho Z'Sr - rho² sum over edges z r + links, and the residual sum of squares is
/// r'V⁻¹r - m'G⁻¹m with r'V⁻¹r = (1 + rho²) r'r - rho r'Sr - rho² sum over edges r² + links.
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

  /// See ``StripKernel/fit(_:design:coefficients:into:)``.
  public func fit(
    _ strip: UnsafePointer<Float>,
    design: KernelDesign,
    coefficients: UnsafePointer<Double>,
    into results: UnsafeMutablePointer<Double>
  ) {
    var rho = Lanes.zero
    for lane in 0..<Lanes.scalarCount { rho[lane] = coefficients[lane] }
    fit(keptValues(strip, design), design: design, rho: rho, into: results)
  }

  /// Sums the products of the residuals of one float64 series at each lag of the design.
  ///
  /// - Parameters:
  ///   - series: One value per volume, censored ones included.
  ///   - design: The design, with its lags.
  /// - Returns: lags + 1 sums.
  public func autocovariances(of series: [Double], design: KernelDesign) -> [Double] {
    let width = Lanes.scalarCount
    var sums = [Double](repeating: 0, count: design.lagPairs.count * width)
    autocovariances(of: keptValues(series, design), design: design, into: &sums)
    return stride(from: 0, to: sums.count, by: width).map { sums[$0] }
  }

  /// Fits one float64 series.
  ///
  /// - Parameters:
  ///   - series: One value per volume, censored ones included.
  ///   - design: The design, with its contrasts.
  ///   - rho: The coefficient, inside (-1, 1).
  /// - Returns: The results of ``StripKernel/fit(_:design:coefficients:into:)`` for this series.
  public func fit(_ series: [Double], design: KernelDesign, rho: Double) -> [Double] {
    let width = Lanes.scalarCount
    var results = [Double](repeating: 0, count: design.resultCount * width)
    let values = keptValues(series, design)
    fit(values, design: design, rho: Lanes(repeating: rho), into: &results)
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
  }

  private func fit(
    _ values: [Lanes],
    design: KernelDesign,
    rho: Lanes,
    into results: UnsafeMutablePointer<Double>
  ) {
    let fit = StripResiduals(of: values, design: design)
    let white = WhitenedResiduals(of: fit, rho: rho, design: design)
    let solver = InformationSolver(rho: rho, design: design)
    let step = solver.solve(white.products)
    var gamma = fit.projections
    var sumOfSquares = white.sumOfSquares
    for j in step.indices {
      gamma[j] += step[j]
      sumOfSquares -= step[j] * white.products[j]
    }
    let variance = sumOfSquares / Double(design.degreesOfFreedom)
    store(variance, row: 0, in: results)
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
        let joint = JointEffects(contrast, gamma: gamma, solver: solver)
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
private struct JointEffects {
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

/// m = Z'V⁻¹r and r'V⁻¹r.
private struct WhitenedResiduals {
  private(set) var products: [Lanes]
  private(set) var sumOfSquares: Lanes

  init(of fit: StripResiduals, rho: Lanes, design: KernelDesign) {
    let square = rho * rho
    let r = fit.residuals
    let neighbours = design.kept.segments.reduce(Lanes.zero) { sum, segment in
      segment.dropFirst().reduce(sum) { $0 + r[$1] * r[$1 - 1] }
    }
    var products = fit.neighbourProjections(design).map { -rho * $0 }
    var sum = (1 + square) * fit.sumOfSquares - 2 * rho * neighbours
    func add(_ weight: Lanes, _ i: Int, _ j: Int) {
      for k in products.indices { products[k] += weight * r[j] * design.basis[i, k] }
      sum += weight * r[i] * r[j]
    }
    for edge in design.kept.edges { add(-square, edge, edge) }
    for gram in design.gapGrams {
      let weights = LinkWeights(rho: rho, gap: gram.gap)
      for link in gram.links {
        add(weights.ends, link.from, link.from)
        add(weights.ends, link.to, link.to)
        add(-weights.cross, link.from, link.to)
        add(-weights.cross, link.to, link.from)
      }
    }
    self.products = products
    sumOfSquares = sum
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
