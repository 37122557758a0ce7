/// Whitens rows whose noise is first-order autoregressive with white noise on top.
///
/// The Kalman filter of that process: row after row, what the past of the run tells of the part with
/// memory is taken out, and the rest divided by its standard deviation. Exact at any length; over
/// censored volumes the memory fades by as many steps, and a run begins without a past.
///
/// Source: Jones (1980), *Technometrics* 22(3), 389-395, doi:10.1080/00401706.1980.10486171.
struct MemoryFilter {
  /// What a row does to the prediction of the next.
  private struct Step {
    /// By how much the prediction has faded since the row before; 0 where a run begins.
    let fading: Lanes

    /// How much of an innovation is taken into the prediction.
    let gain: Lanes

    /// One over the innovation's standard deviation, of noise of variance 1.
    let precision: Lanes
  }

  private let steps: [Step]

  /// Works out the filter of a design's kept rows.
  ///
  /// - Parameters:
  ///   - noise: The noise.
  ///   - kept: The rows.
  init(_ noise: LaneNoise, kept: KeptRows) {
    var steps: [Step] = []
    // The variance of the part with memory, given the past, before and after a row is seen.
    var seen = noise.share
    for place in kept.rows.indices {
      let isStart = place == 0 || kept.runs[place] != kept.runs[place - 1]
      let fading =
        isStart ? Lanes.zero : noise.memory.power(kept.rows[place] - kept.rows[place - 1])
      let square = fading * fading
      let unseen = square * seen + noise.share * (1 - square)
      let variance = unseen + (1 - noise.share)
      let gain = unseen / variance
      seen = unseen * (1 - gain)
      steps.append(
        Step(fading: fading, gain: gain, precision: 1 / variance.squareRoot())
      )
    }
    self.steps = steps
  }

  /// Whitens one series.
  ///
  /// - Parameter row: The value of each kept row, by its place.
  /// - Returns: As many values, of unit variance and without memory where the noise is as assumed.
  func whitened(_ row: (Int) -> Lanes) -> [Lanes] {
    var prediction = Lanes.zero
    return steps.indices.map { place in
      let step = steps[place]
      prediction *= step.fading
      let innovation = row(place) - prediction
      prediction += step.gain * innovation
      return innovation * step.precision
    }
  }
}
