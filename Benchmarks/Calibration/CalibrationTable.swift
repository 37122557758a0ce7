import Files

/// Returns the rates of one setting as lines of text, one per noise and model.
///
/// - Parameter rows: The rows, in the order of noise, model and threshold.
/// - Returns: The lines.
func table(_ rows: [CalibrationRow]) -> [String] {
  var lines: [String] = []
  for start in stride(from: 0, to: rows.count, by: Tally.levels.count) {
    let cells = rows[start..<start + Tally.levels.count].map { row in
      let mark = row.passes == false ? "!" : " "
      return "\(fixed(row.rate, digits: 5))±\(fixed(row.error, digits: 5))\(mark)"
    }
    let name = "\(rows[start].noise) ".padded(to: 15) + "\(rows[start].model) ".padded(to: 8)
    lines.append(name + cells.joined(separator: " "))
  }
  return lines
}

/// Returns which cells leave their band.
///
/// - Parameter rows: All rows.
/// - Returns: One line per such cell, and one with the numbers of cells.
func verdict(_ rows: [CalibrationRow]) -> [String] {
  let judged = rows.filter { $0.passes != nil }
  let failed = judged.filter { $0.passes == false }
  let lines = failed.map { row in
    "outside: \(row.setting), TR \(row.tr) s, \(row.volumes) volumes, \(row.noise), \(row.model), p < \(row.alpha):"
      + " \(fixed(row.rate, digits: 5)), 99.9 % interval \(fixed(row.lower, digits: 5)) to \(fixed(row.upper, digits: 5))"
  }
  return lines + ["\(judged.count - failed.count) of \(judged.count) rates meet their band"]
}

extension String {
  fileprivate func padded(to length: Int) -> String {
    self + String(repeating: " ", count: max(0, length - count))
  }
}
