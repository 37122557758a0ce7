import Job

extension Hemodynamics {
  /// The number of columns of a response of this shape; 1 of a finite impulse response, which no
  /// Stats Model names.
  var columnCount: Int {
    switch self {
    case .spm, .glover, .finiteImpulseResponse: 1
    case .spmDerivative, .gloverDerivative: 2
    case .spmDerivativeDispersion, .gloverDerivativeDispersion: 3
    }
  }

  /// Whether there are derivatives beside the response.
  var hasDerivatives: Bool { columnCount > 1 }

  /// The same shape with fewer derivatives.
  func with(columnCount count: Int) -> Hemodynamics {
    switch self {
    case .spm, .spmDerivative, .spmDerivativeDispersion:
      [.spm, .spmDerivative, .spmDerivativeDispersion][min(max(count, 1), 3) - 1]
    case .glover, .gloverDerivative, .gloverDerivativeDispersion:
      [.glover, .gloverDerivative, .gloverDerivativeDispersion][min(max(count, 1), 3) - 1]
    case .finiteImpulseResponse: self
    }
  }
}
