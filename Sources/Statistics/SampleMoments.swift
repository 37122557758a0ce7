/// The size, mean and variance of a sample.
struct SampleMoments {
  /// The number of values.
  let count: Double

  /// Their mean.
  let mean: Double

  /// Their variance, with *n* - 1.
  let variance: Double

  /// Measures at least two values, by two passes.
  init(_ values: [Double]) {
    count = Double(values.count)
    let centre = values.reduce(0, +) / count
    let rest = values.reduce(0) { $0 + ($1 - centre) } / count
    let corrected = centre + rest
    mean = corrected
    variance =
      values.reduce(0) { $0 + ($1 - corrected) * ($1 - corrected) } / (count - 1)
  }

  /// Measures a group of a test.
  ///
  /// - Parameter values: The values.
  /// - Throws: ``StatisticsError`` where there are fewer than two, or one is not finite.
  init(checking values: [Double]) throws(StatisticsError) {
    guard values.count >= 2 else { throw .tooFewValues(found: values.count, needed: 2) }
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    self.init(values)
  }
}

/// Whether a variance is more than the rounding of a mean of that size leaves behind.
func isMeaningful(variance: Double, at scale: Double) -> Bool {
  variance > 1e-28 * scale * scale && variance > 0
}
