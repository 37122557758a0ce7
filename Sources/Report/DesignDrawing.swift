/// Draws a design matrix: one stripe per column, time running downwards, each column scaled to its
/// own largest value, so that mid grey is 0.
///
/// - Parameters:
///   - design: The columns.
///   - run: The run's name.
/// - Returns: An SVG element, or `nil` where there is nothing to draw.
/// - Throws: ``ReportError`` where memory is short.
func drawDesign(_ design: DesignPicture, of run: String) throws(ReportError) -> String? {
  let columns = Array(design.columns.prefix(400))
  let volumeCount = columns.map(\.count).max() ?? 0
  guard volumeCount > 0, design.names.count >= columns.count else { return nil }
  let stripe = min(26, max(6, 680 / Double(columns.count)))
  let names = columns.indices.map { shortened(design.names[$0]) }
  let reach = Double(names.map(\.count).max() ?? 0)
  let (left, top) = (44.0, 12 + reach * 5.4)
  let (width, height) = (stripe * Double(columns.count), 300.0)
  var drawing = Drawing(
    width: left + width + 40 + reach * 2.6,
    height: top + height + 26,
    description: "Design matrix of \(run): \(columns.count) columns over \(volumeCount) volumes."
  )
  let image = designImage(columns, rowCount: min(volumeCount, 1000), volumeCount: volumeCount)
  let address = try image.dataAddress()
  drawing.image(address, x: left, y: top, width: width, height: height, kind: "matrix")
  drawing.rectangle(x: left, y: top, width: width, height: height, kind: "frame")
  for (index, name) in names.enumerated() {
    let x = left + stripe * (Double(index) + 0.5) + 3
    drawing.text(name, x: x, y: top - 7, kind: "tick", turned: -62)
  }
  let volumes = Axis(range: 0...Double(volumeCount), start: top, end: top + height)
  for tick in volumes.ticks(about: 6) {
    let y = volumes.place(tick)
    drawing.line(left - 4, y, left, y, kind: "axis")
    let text = NumberWords.decimal(tick, 0)
    drawing.text(text, x: left - 7, y: y + 4, kind: "tick", anchor: .end)
  }
  let note = "Volumes run downwards; each column is scaled to its own peak, mid grey is 0."
  if drawing.width > 420 { drawing.text(note, x: left, y: top + height + 18, kind: "tick") }
  return drawing.svg
}

/// One pixel per column and volume, from black for the lowest to white for the highest.
private func designImage(_ columns: [[Double]], rowCount: Int, volumeCount: Int) -> IndexedImage {
  var pixels = [UInt8](repeating: 64, count: columns.count * rowCount)
  for (index, column) in columns.enumerated() {
    let peak = column.filter(\.isFinite).map(\.magnitude).max() ?? 0
    guard peak > 0 else { continue }
    for row in 0..<rowCount {
      let volume = row * volumeCount / rowCount
      guard volume < column.count else { continue }
      pixels[row * columns.count + index] = StatisticPalette.grey((column[volume] / peak + 1) / 2)
    }
  }
  return IndexedImage(
    width: columns.count,
    height: rowCount,
    pixels: pixels,
    palette: Array(StatisticPalette.colours.prefix(StatisticPalette.greyCount))
  )
}

/// A name that fits above its column.
private func shortened(_ name: String) -> String {
  name.count > 26 ? String(name.prefix(25)) + "…" : name
}
