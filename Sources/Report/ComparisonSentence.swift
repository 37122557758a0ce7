/// Returns what a comparison found, in plain words.
///
/// That no difference was detected is a normal result, and not the same as there being none; so the
/// largest estimate is given with its interval either way.
///
/// - Parameter section: The comparison.
/// - Returns: One or two sentences.
func comparisonSentence(_ section: ComparisonSection) -> String {
  let tested = section.rows.filter { $0.q.isFinite }
  guard !tested.isEmpty else { return "No region could be compared." }
  let level = NumberWords.percent(section.level)
  let detected = tested.filter { $0.q <= section.level }.sorted { $0.p < $1.p }
  let places = tested.count == 1 ? "the one region" : "any of the \(tested.count) regions"
  guard let first = detected.first else {
    let largest = tested.max { $0.estimate.magnitude < $1.estimate.magnitude }
    return "No \(section.estimate) was detected in \(places) (false discovery rate \(level)); this "
      + "does not show that there is none. "
      + (largest.map { "The largest estimate is \(words(of: $0, in: section))." } ?? "")
  }
  let count = "\(detected.count) of \(tested.count)"
  return "A \(section.estimate) was detected in \(count) regions (false discovery rate \(level)); "
    + "the smallest p belongs to \(words(of: first, in: section))."
}

/// An interval in words.
func interval(_ lower: Double, _ upper: Double, _ digits: Int) -> String {
  guard lower.isFinite, upper.isFinite else { return "n/a" }
  return "\(NumberWords.decimal(lower, digits)) to \(NumberWords.decimal(upper, digits))"
}

private func words(of line: ComparisonLine, in section: ComparisonSection) -> String {
  let digits = NumberWords.digits(for: [line.estimate, line.lower, line.upper])
  return "\(sided(line.region, line.hemisphere)): \(NumberWords.decimal(line.estimate, digits)) "
    + "\(section.unit), 95 % interval \(interval(line.lower, line.upper, digits)), "
    + "g = \(NumberWords.decimal(line.g, 2))"
}
