/// Draws axial slices with their heights, their sides and a bar of colours.
///
/// - Parameters:
///   - montage: The slices.
///   - section: The contrast they show.
/// - Returns: An SVG element.
/// - Throws: ``ReportError`` where memory is short.
func drawMontage(
  _ montage: AxialMontage,
  of section: ContrastSection
) throws(ReportError) -> String {
  let scale = 1040 / Double(max(1, montage.image.width))
  let height = Double(montage.image.height) * scale
  var drawing = Drawing(
    width: 1040,
    height: height + 46,
    description: montageWords(montage, of: section)
  )
  let address = try montage.image.dataAddress()
  drawing.rectangle(x: 0, y: 0, width: 1040, height: height + 46, kind: "dark")
  drawing.image(address, x: 0, y: 0, width: 1040, height: height, kind: "slices")
  for slice in montage.slices {
    let (left, top) = (Double(slice.left) * scale, Double(slice.top) * scale)
    let width = Double(montage.sliceWidth) * scale
    let bottom = top + Double(montage.sliceHeight) * scale
    drawing.text("L", x: left + 5, y: top + 15, kind: "side")
    drawing.text("R", x: left + width - 5, y: top + 15, kind: "side", anchor: .end)
    let digits = slice.height == slice.height.rounded() ? 0 : 1
    let text = "z \(NumberWords.decimal(slice.height, digits))"
    drawing.text(text, x: left + 5, y: bottom - 5, kind: "height")
  }
  if let threshold = section.threshold {
    addColours(to: &drawing, top: height + 14, threshold: threshold, largest: montage.largest)
  }
  let note = "Left is left. Heights in mm, \(section.pictureSpace) space."
  drawing.text(note, x: 1030, y: height + 28, kind: "height", anchor: .end)
  return drawing.svg
}

/// Adds the colours of both signs with the numbers at their ends.
private func addColours(
  to drawing: inout Drawing,
  top: Double,
  threshold: Double,
  largest: Double
) {
  let (count, step) = (32, 4.0)
  let length = Double(count) * step
  let first = StatisticPalette.greyCount
  let (cool, hot) = (90.0, 90 + length + 100)
  for place in 0..<count {
    let share = 2 * place
    let coolest = first + 2 * StatisticPalette.stepCount - 1 - share
    let x = Double(place) * step
    let fill = StatisticPalette.text(coolest)
    drawing.rectangle(x: cool + x, y: top, width: step + 0.3, height: 14, fill: fill)
    let warm = StatisticPalette.text(first + share)
    drawing.rectangle(x: hot + x, y: top, width: step + 0.3, height: 14, fill: warm)
  }
  let (low, high) = (NumberWords.decimal(threshold, 2), NumberWords.decimal(largest, 1))
  let y = top + 12
  drawing.text("z  \u{2212}\(high)", x: cool - 6, y: y, kind: "height", anchor: .end)
  drawing.text("\u{2212}\(low)", x: cool + length + 6, y: y, kind: "height")
  drawing.text(low, x: hot - 6, y: y, kind: "height", anchor: .end)
  drawing.text(high, x: hot + length + 6, y: y, kind: "height")
}

private func montageWords(_ montage: AxialMontage, of section: ContrastSection) -> String {
  let heights = montage.slices.map { NumberWords.decimal($0.height, 0) }
  let range = "from z \(heights.first ?? "n/a") to \(heights.last ?? "n/a") mm"
  let shown =
    section.threshold.map { "the z statistic beyond \(NumberWords.decimal($0, 2)) in colour" }
    ?? "no voxel passed the threshold"
  return "\(section.name): \(montage.slices.count) axial slices \(range), left on the left, "
    + "\(shown)."
}
