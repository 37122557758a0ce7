internal import Algebra

/// What generalised least squares needs of a strip: *G* = *Z*'*V*⁻¹*Z*, m = *Z*'*V*⁻¹r, r'*V*⁻¹r.
struct WhitenedStrip {
  /// *G*, ready to be solved.
  let solver: InformationSolver

  /// m, one entry per column of the basis.
  private(set) var products: [Lanes]

  /// r'*V*⁻¹r.
  private(set) var sumOfSquares: Lanes

  /// The variance of the noise where *V* is scaled as it is here.
  let noiseVariance: Lanes

  /// By the algebra of first-order autoregression, in as many steps as there are rows.
  ///
  /// *V*_ij = rho^|i-j| / (1 - rho²), of which m = -rho Z'Sr - rho² sum over edges z r + links and
  /// r'V⁻¹r = (1 + rho²) r'r - rho r'Sr - rho² sum over edges r² + links.
  ///
  /// - Parameters:
  ///   - rho: The correlation of successive volumes.
  ///   - fit: The least-squares residuals.
  ///   - design: The design.
  init(firstOrder rho: Lanes, of fit: StripResiduals, design: KernelDesign) {
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
    solver = InformationSolver(rho: rho, design: design)
    self.products = products
    sumOfSquares = sum
    noiseVariance = 1 / (1 - square)
  }

  /// By whitening every column of the basis, for noise with any share of memory.
  ///
  /// - Parameters:
  ///   - noise: The noise.
  ///   - fit: The least-squares residuals.
  ///   - design: The design.
  /// - Complexity: O(rows × rank²).
  init(filtered noise: LaneNoise, of fit: StripResiduals, design: KernelDesign) {
    let filter = MemoryFilter(noise, kept: design.kept)
    let rank = design.rank
    let r = filter.whitened { fit.residuals[$0] }
    let columns = (0..<rank).map { column in
      filter.whitened { Lanes(repeating: design.basis[$0, column]) }
    }
    var information = [Lanes](repeating: .zero, count: rank * rank)
    for i in 0..<rank {
      for j in 0...i { information[i * rank + j] = dot(columns[i], columns[j]) }
    }
    solver = .cholesky(LaneCholesky(size: rank, lowerTriangle: information))
    products = columns.map { dot($0, r) }
    // Not a number where the residuals are none, as of a constant voxel.
    sumOfSquares = dot(r, r) + fit.sumOfSquares * 0
    noiseVariance = Lanes(repeating: 1)
  }
}

private func dot(_ a: [Lanes], _ b: [Lanes]) -> Lanes {
  var sum = Lanes.zero
  for t in a.indices { sum += a[t] * b[t] }
  return sum
}
