import Algebra
import Design
import Job

/// Returns the unit of a contrast's effect.
///
/// A stimulus' effect is % signal change; a modulator's is that per unit of its column, or per
/// standard deviation of it.
///
/// - Parameters:
///   - contrast: The contrast.
///   - design: The design its weights are for.
///   - model: What was asked.
/// - Returns: The unit in words; `n/a` of an F contrast, which has no effect.
func effectUnit(of contrast: Contrast, design: DesignMatrix, model: Model) -> String {
  guard contrast.kind == .t else { return "n/a" }
  let percent = "percent signal change"
  var units: Set<String> = []
  for (place, column) in design.columns.enumerated() where contrast.weights[0, place] != 0 {
    guard case .modulator(let condition) = column.role else {
      units.insert(percent)
      continue
    }
    let modulator = model.modulators.first { column.name == "\(condition)_by_\($0.column)" }
    let step = modulator?.scaling == .sd ? "standard deviation" : "unit"
    units.insert("\(percent) per \(step) of \(modulator?.column ?? column.name)")
  }
  return units.count == 1 ? units.first ?? percent : units.sorted().joined(separator: " and ")
}
