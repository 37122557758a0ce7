/// Draws how the brain's signal changed, below the head's motion and on the same axis of volumes.
///
/// - Parameters:
///   - carpet: The rows.
///   - run: The run they belong to.
/// - Returns: An SVG element.
/// - Throws: ``ReportError`` where memory is short.
func drawCarpet(_ carpet: CarpetPicture, of run: RunSection) throws(ReportError) -> String {
  let count = carpet.values.count / carpet.rowCount
  let last = Double(max(1, count - 1))
  let volumes = Axis(range: 0...last, start: 44, end: 716)
  let (top, height) = (24.0, 192.0)
  let limit = NumberWords.decimal(carpet.limit, 2)
  var drawing = Drawing(
    width: 740,
    height: top + height + 40,
    description: "Signal changes of \(run.name) in \(carpet.rowCount) bundles of voxels over "
      + "\(count) volumes, from minus \(limit) percent (black) to plus \(limit) percent (white)."
  )
  let title = "Signal change, black \u{2212}\(limit) %, white +\(limit) %"
  drawing.text(title, x: volumes.start, y: top - 8, kind: "title")
  // A pixel is as wide as a volume, and stands in the middle of its place.
  let width = volumes.place(1) - volumes.place(0)
  drawing.image(
    try greyPicture(of: carpet, columns: count).dataAddress(),
    x: volumes.start - width / 2,
    y: top,
    width: width * Double(count),
    height: height,
    kind: "slices"
  )
  for (third, name) in ["surface", "between", "middle"].enumerated() {
    let middle = top + height * (Double(third) + 0.5) / 3
    drawing.text(name, x: 30, y: middle, kind: "tick", anchor: .middle, turned: -90)
  }
  for third in 1...2 {
    let y = top + height * Double(third) / 3
    drawing.line(volumes.start - 8, y, volumes.start, y, kind: "axis")
  }
  for tick in volumes.ticks(about: 8) {
    let (x, bottom) = (volumes.place(tick), top + height)
    drawing.line(x, bottom, x, bottom + 4, kind: "axis")
    drawing.text(
      NumberWords.decimal(tick, 0),
      x: x,
      y: bottom + 17,
      kind: "tick",
      anchor: .middle
    )
  }
  let middle = (volumes.start + volumes.end) / 2
  let axis = "Volume, counted from 0"
  drawing.text(axis, x: middle, y: top + height + 34, kind: "label", anchor: .middle)
  return drawing.svg
}

/// The greys of a carpet: few enough that the picture stays small.
private let greyCount = 32

private func greyPicture(of carpet: CarpetPicture, columns: Int) -> IndexedImage {
  let palette = (0..<greyCount).map { grey in
    SIMD3<UInt8>(repeating: UInt8(grey * 255 / (greyCount - 1)))
  }
  let pixels = carpet.values.map { value -> UInt8 in
    let share = carpet.limit > 0 ? Double(value) / carpet.limit : 0
    let place = (share.isFinite ? max(-1, min(1, share)) : 0) * 0.5 + 0.5
    return UInt8((place * Double(greyCount - 1)).rounded())
  }
  return IndexedImage(
    width: max(1, columns),
    height: carpet.rowCount,
    pixels: pixels,
    palette: palette
  )
}
