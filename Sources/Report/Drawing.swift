import Files

/// A drawing of lines and words, as SVG inside a page; colours come from the page's style sheet.
struct Drawing {
  let width: Double
  let height: Double

  /// What the drawing shows, for those who cannot see it.
  let description: String

  private var parts: [String] = []

  init(width: Double, height: Double, description: String) {
    self.width = width
    self.height = height
    self.description = description
  }

  /// The drawing as an element of a page.
  var svg: String {
    let (w, h) = (mark(width), mark(height))
    return "<svg viewBox=\"0 0 \(w) \(h)\" width=\"\(w)\" height=\"\(h)\" role=\"img\" "
      + "aria-label=\"\(escaped(description))\">\(parts.joined())</svg>"
  }

  /// The drawing as an element that repeats what stands beside it, and so is not read aloud.
  var hidden: String {
    let (w, h) = (mark(width), mark(height))
    return "<svg viewBox=\"0 0 \(w) \(h)\" width=\"\(w)\" height=\"\(h)\" aria-hidden=\"true\">"
      + "\(parts.joined())</svg>"
  }

  /// Where a text stands relative to its point.
  enum Anchor: String { case start, middle, end }

  mutating func text(
    _ text: String,
    x: Double,
    y: Double,
    kind: String = "label",
    anchor: Anchor = .start,
    turned degrees: Double = 0
  ) {
    let turn = degrees == 0 ? "" : " transform=\"rotate(\(mark(degrees)) \(mark(x)) \(mark(y)))\""
    parts.append(
      "<text x=\"\(mark(x))\" y=\"\(mark(y))\" class=\"\(kind)\" text-anchor=\"\(anchor.rawValue)\""
        + "\(turn)>\(escaped(text))</text>"
    )
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, kind: String) {
    parts.append(
      "<path class=\"\(kind)\" d=\"M\(mark(x1)) \(mark(y1))L\(mark(x2)) \(mark(y2))\"/>"
    )
  }

  /// Draws a line through points; a point that is not finite interrupts it.
  mutating func trace(_ points: [SIMD2<Double>], kind: String) {
    var path = ""
    var isOpen = false
    for point in points {
      let isFinite = point.x.isFinite && point.y.isFinite
      if isFinite { path += "\(isOpen ? "L" : "M")\(mark(point.x)) \(mark(point.y))" }
      isOpen = isFinite
    }
    parts.append("<path class=\"\(kind)\" d=\"\(path)\"/>")
  }

  mutating func rectangle(
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    kind: String = "",
    fill: String? = nil
  ) {
    let colour = fill.map { " fill=\"\($0)\"" } ?? ""
    parts.append(
      "<rect x=\"\(mark(x))\" y=\"\(mark(y))\" width=\"\(mark(width))\" height=\"\(mark(height))\""
        + " class=\"\(kind)\"\(colour)/>"
    )
  }

  mutating func circle(x: Double, y: Double, radius: Double, kind: String) {
    parts.append(
      "<circle cx=\"\(mark(x))\" cy=\"\(mark(y))\" r=\"\(mark(radius))\" class=\"\(kind)\"/>"
    )
  }

  /// Places a picture, stretched to a box.
  mutating func image(
    _ address: String,
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    kind: String
  ) {
    parts.append(
      "<image x=\"\(mark(x))\" y=\"\(mark(y))\" width=\"\(mark(width))\" height=\"\(mark(height))\""
        + " class=\"\(kind)\" preserveAspectRatio=\"none\" href=\"\(address)\"/>"
    )
  }
}

/// A coordinate with at most two decimals.
private func mark(_ value: Double) -> String {
  let text = fixed(value, digits: 2)
  guard text.contains(".") else { return text }
  let short = text.reversed().drop { $0 == "0" }.reversed()
  return String(short.last == "." ? short.dropLast() : short[...])
}
