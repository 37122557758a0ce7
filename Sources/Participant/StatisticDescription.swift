import Design
import GLM

/// What a map of t or F, and the z and p beside it, are of: the question and its degrees of freedom.
struct StatisticDescription: Encodable {
  let contrast: String
  let expression: String
  let statistic: String
  let numeratorDegreesOfFreedom: Double?
  let degreesOfFreedom: Double
  let meaning: String

  enum CodingKeys: String, CodingKey {
    case contrast = "Contrast"
    case expression = "Expression"
    case statistic = "Statistic"
    case numeratorDegreesOfFreedom = "NumeratorDegreesOfFreedom"
    case degreesOfFreedom = "DegreesOfFreedom"
    case meaning = "Meaning"
  }

  /// Describes a contrast's estimate.
  ///
  /// - Parameter estimate: The estimate, of one run or of several together.
  init(of estimate: ContrastEstimate) {
    let isT = estimate.contrast.kind == .t
    contrast = estimate.contrast.name
    expression = estimate.contrast.expression
    statistic = estimate.statisticLabel
    numeratorDegreesOfFreedom = estimate.numeratorDegreesOfFreedom
    degreesOfFreedom = estimate.degreesOfFreedom
    meaning =
      isT
      ? "p is two-sided; z has the sign of t and the same p"
      : "DegreesOfFreedom is the denominator's; p is of the upper tail; z is 0 or more and has the "
        + "same p, two-sided"
  }
}

extension ContrastEstimate {
  /// The word for the statistic in the names of files.
  var statisticLabel: String { contrast.kind == .t ? "t" : "F" }
}
