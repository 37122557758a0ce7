import Algebra

/// How data without the effect are made out of the data.
public enum Resampling: String, Sendable {
  /// Participants' residuals of the nuisances change places (Freedman & Lane): for equal variances.
  case exchange

  /// Participants' residuals of the nuisances change signs: for one group, whose errors are
  /// symmetric.
  case signFlips = "sign flips"

  /// Participants' residuals of the full design, scaled by their leverage, change signs: for
  /// variances that differ between groups.
  case residualFlips = "sign flips of full-model residuals"

  /// Returns what is usual for a model.
  ///
  /// Flips of full-model residuals where variances are estimated apart; exchanges where every contrast
  /// is a comparison, that is, the nuisances explain a constant; else flips.
  ///
  /// - Parameter model: The model.
  public init(usualFor model: GroupModel) {
    guard model.varianceGroupCount == 1 else {
      self = .residualFlips
      return
    }
    let everybody = Array(0..<model.participantCount)
    let design = PresentDesign(model, present: everybody)
    let isComparison = model.contrasts.indices.allSatisfy { index in
      guard let weights = design?.weights(model, contrast: index) else { return false }
      return (0..<weights.rowCount).allSatisfy { row in
        let values = weights.row(row)
        let size = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return abs(values.reduce(0, +)) < 1e-8 * size * Double(values.count).squareRoot()
      }
    }
    self = isComparison ? .exchange : .signFlips
  }
}
