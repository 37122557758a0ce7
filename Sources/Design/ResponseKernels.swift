public import Job

/// Returns a response and the derivatives that are modelled beside it, sampled over 32 s.
///
/// The response has sum 1. The derivative in time is the difference to a response 0.1 s later, over
/// 0.1 s; that in dispersion the difference to a response 0.01 wider, over 0.01.
///
/// - Parameters:
///   - hemodynamics: The shape of the response.
///   - step: The time between samples, in s, above 0.
/// - Returns: One list of samples each; none for a finite impulse response, which has no shape.
public func responseKernels(of hemodynamics: Hemodynamics, step: Double) -> [[Double]] {
  let spm = HemodynamicResponse.spm
  let glover = HemodynamicResponse.glover
  return switch hemodynamics {
  case .spm: [spm.sampled(step: step)]
  case .spmDerivative: [spm.sampled(step: step), spm.timeDerivative(step: step)]
  case .spmDerivativeDispersion:
    [
      spm.sampled(step: step), spm.timeDerivative(step: step),
      spm.dispersionDerivative(step: step),
    ]
  case .glover: [glover.sampled(step: step)]
  case .gloverDerivative: [glover.sampled(step: step), glover.timeDerivative(step: step)]
  case .gloverDerivativeDispersion:
    [
      glover.sampled(step: step), glover.timeDerivative(step: step),
      glover.dispersionDerivative(step: step),
    ]
  case .finiteImpulseResponse: []
  }
}
