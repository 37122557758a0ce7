/// Draws estimates with their intervals, one below the other.
///
/// - Parameter section: The comparison.
/// - Returns: An SVG element, or `nil` where there is nothing to draw.
func drawForest(_ section: ComparisonSection) -> String? {
  let rows = section.rows.filter { $0.estimate.isFinite }
  guard !rows.isEmpty else { return nil }
  let (top, step) = (14.0, 22.0)
  let bottom = top + step * Double(rows.count)
  let values = rows.flatMap { [$0.estimate, $0.lower, $0.upper] }
  let range = paddedRange(of: values, atLeast: 0...0)
  let axis = Axis(
    range: range.lowerBound < range.upperBound ? range : -1...1,
    start: 230,
    end: 700
  )
  var drawing = Drawing(
    width: 740,
    height: bottom + 50,
    description: "\(section.name): the \(section.estimate) of \(rows.count) regions with 95 % "
      + "intervals, in \(section.unit); the numbers are in the table."
  )
  let digits = axis.digits(about: 6)
  for tick in axis.ticks(about: 6) {
    let x = axis.place(tick)
    let isZero = tick.magnitude < 1e-12
    drawing.line(x, top, x, bottom, kind: isZero ? "axis" : "grid")
    let text = NumberWords.decimal(tick, digits)
    drawing.text(text, x: x, y: bottom + 17, kind: "tick", anchor: .middle)
  }
  for (index, row) in rows.enumerated() {
    let y = top + step * (Double(index) + 0.5)
    let kind = row.q <= section.level ? "detected" : "estimate"
    drawing.text(sided(row.region, row.hemisphere), x: 218, y: y + 4, anchor: .end)
    if row.lower.isFinite, row.upper.isFinite {
      drawing.line(axis.place(row.lower), y, axis.place(row.upper), y, kind: "bar \(kind)")
    }
    drawing.circle(x: axis.place(row.estimate), y: y, radius: 4.2, kind: "dot \(kind)")
  }
  let title = "\(section.estimate) with 95 % interval, \(section.unit)"
  drawing.text(title, x: 465, y: bottom + 38, anchor: .middle)
  return drawing.svg
}

/// A region's name with its side, where it has one.
func sided(_ region: String, _ hemisphere: String) -> String {
  switch hemisphere {
  case "L": "\(region), left"
  case "R": "\(region), right"
  default: region
  }
}
