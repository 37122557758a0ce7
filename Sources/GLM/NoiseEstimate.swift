internal import GLMKernel
internal import Job

/// What the residuals tell of the noise of one voxel or region.
struct NoiseEstimate: Equatable {
  /// The noise.
  var shape: NoiseShape

  /// Whether the estimate met a bound: of the memory, or of no memory at all.
  var isClipped: Bool
}

extension NoiseTable {
  /// Finds the noise of a model that is nearest to what residuals show.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - correlations: The residuals' correlations at lags 1, 2, ..., all finite.
  /// - Returns: The noise; `nil` where the kept volumes tell nothing of its memory.
  func estimate(_ model: Noise, from correlations: [Float]) -> NoiseEstimate? {
    guard isTelling else { return nil }
    return switch model {
    case .ols: NoiseEstimate(shape: .white, isClipped: false)
    case .ar1: firstOrder(Double(correlations[0]))
    case .arma11: decay(correlations)
    }
  }

  /// First-order autoregression from the correlation of successive volumes.
  private func firstOrder(_ neighbour: Double) -> NoiseEstimate {
    let range = memories
    guard neighbour > neighbours[0] else {
      return NoiseEstimate(shape: .firstOrder(range.lowerBound), isClipped: true)
    }
    guard let last = neighbours.last, neighbour < last else {
      return NoiseEstimate(shape: .firstOrder(range.upperBound), isClipped: true)
    }
    var (lower, upper) = (0, neighbours.count - 1)
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if neighbours[middle] > neighbour { upper = middle } else { lower = middle }
    }
    let (low, high) = (neighbours[lower], neighbours[upper])
    let place = Double(lower) + (neighbour - low) / (high - low)
    return NoiseEstimate(
      shape: .firstOrder(range.lowerBound + place * Self.step),
      isClipped: false
    )
  }

  /// The memory and the share whose correlations leave the least sum of squares.
  ///
  /// For each memory the best share is known in closed form, so every memory of the table is tried,
  /// and the best refined by a parabola. There is no memory where successive volumes oppose each
  /// other.
  private func decay(_ correlations: [Float]) -> NoiseEstimate {
    guard Double(correlations[0]) > white[0] else {
      return NoiseEstimate(shape: .white, isClipped: true)
    }
    let best = bestMemory(correlations)
    let fits = (max(0, best - 1)...min(lengths.count - 1, best + 1)).map { fit(correlations, $0) }
    guard fits.count == 3 else {
      // The end of the table.
      return shape(memory: Double(best), fits[best == 0 ? 0 : 1], isClipped: best > 0)
    }
    let bend = fits[0].gain - 2 * fits[1].gain + fits[2].gain
    let offset = bend < 0 ? 0.5 * (fits[0].gain - fits[2].gain) / bend : 0
    let shift = min(max(offset, -0.5), 0.5)
    let other = fits[shift < 0 ? 0 : 2]
    let mixed = Fit(
      gain: 0,
      part: fits[1].part + abs(shift) * (other.part - fits[1].part),
      keptVariance: fits[1].keptVariance + abs(shift) * (other.keptVariance - fits[1].keptVariance)
    )
    return shape(memory: Double(best) + shift, mixed, isClipped: false)
  }

  private func shape(memory index: Double, _ fit: Fit, isClipped: Bool) -> NoiseEstimate {
    // The part is of the residuals' variance; the design takes more of what has memory.
    let share = fit.part / (fit.part + (1 - fit.part) * fit.keptVariance)
    let memory = min((index + 1) * Self.step, noiseMemoryRange.upperBound)
    return NoiseEstimate(shape: NoiseShape(memory: memory, share: share), isClipped: isClipped)
  }
}
