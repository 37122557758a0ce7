import GLMKernel

/// A strip of 16 voxels, float32, with series rounded to that precision.
func strip(_ series: [[Double]]) -> [Float] {
  let volumes = series[0].count
  var values = [Float](repeating: 0, count: volumes * 16)
  for (lane, one) in series.enumerated() {
    for t in 0..<volumes { values[t * 16 + lane] = Float(one[t]) }
  }
  return values
}

/// The same noise in all 16 lanes, as a kernel reads it.
func sixteen(_ noise: NoiseShape) -> [Double] {
  [Double](repeating: noise.memory, count: 16) + [Double](repeating: noise.share, count: 16)
}
