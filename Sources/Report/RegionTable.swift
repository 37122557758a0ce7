/// The tables of a contrast's regions, one per atlas in the order of their first rows.
///
/// - Parameter section: The contrast.
/// - Returns: The tables.
func regionTables(of section: ContrastSection) -> [TableView] {
  var atlases: [String] = []
  for line in section.regions where !atlases.contains(line.atlas) { atlases.append(line.atlas) }
  return atlases.map { atlas in
    regionTable(of: section, atlas: atlas, lines: section.regions.filter { $0.atlas == atlas })
  }
}

/// The most rows a page shows of one atlas; the table beside the page has them all.
private let shownRowCount = 60

/// The table of an atlas' regions, strongest first, with a small drawing of each effect.
private func regionTable(
  of section: ContrastSection,
  atlas: String,
  lines: [RegionLine]
) -> TableView {
  let regions = Array(strongestFirst(lines).prefix(shownRowCount))
  let name = atlas.isEmpty ? "Regions" : "Regions of \(atlas)"
  let extent =
    regions.count < lines.count
    ? ", the \(regions.count) of \(lines.count) with the smallest p; the CSV has all" : ""
  if regions.contains(where: { $0.numeratorDegreesOfFreedom != nil }) {
    return TableView(
      ReportTable(
        caption:
          "\(name), smallest p first\(extent). F asks several sums at once and has no effect; df are "
          + "the numerator's and the denominator's, p is of the upper tail. \(growth)",
        columns: [
          .init("Region"), .init("Side"), .init("F", isNumeric: true),
          .init("df", isNumeric: true), .init("p", isNumeric: true),
        ] + voxelColumns,
        rows: regions.map { line in
          [line.region, line.hemisphere, NumberWords.decimal(line.f, 2)] + tailTexts(of: line)
        }
      )
    )
  }
  let digits = NumberWords.digits(for: regions.flatMap { [$0.effect, $0.standardError] })
  let table = ReportTable(
    caption:
      "\(name), smallest p first\(extent). Effect and standard error in \(section.unit); the bar "
      + "shows the effect ± one standard error. \(growth)",
    columns: [
      .init("Region"), .init("Side"), .init("Effect", isNumeric: true),
      .init("SE", isNumeric: true), .init(""), .init("t", isNumeric: true),
      .init("df", isNumeric: true), .init("p", isNumeric: true),
    ] + voxelColumns,
    rows: regions.map { line in
      [
        line.region, line.hemisphere, NumberWords.decimal(line.effect, digits),
        NumberWords.decimal(line.standardError, digits), "", NumberWords.decimal(line.t, 2),
      ] + tailTexts(of: line)
    }
  )
  return TableView(table, drawings: (4, effectDrawings(of: regions, unit: section.unit)))
}

/// What a caption says of the numbers of voxels.
private let growth =
  "The share of voxels and the peak z grow with region size and length of the data; they are no "
  + "effect sizes."

/// The columns after p.
private let voxelColumns: [ReportTable.Column] = [
  .init("Voxels", isNumeric: true), .init("In view", isNumeric: true),
  .init("Above FDR 5 %", isNumeric: true), .init("Peak z", isNumeric: true),
  .init("Peak x, y, z", isNumeric: true), .init("To mind"),
]

/// Regions by their p, those without one last; ties keep their order.
func strongestFirst(_ regions: [RegionLine]) -> [RegionLine] {
  regions.enumerated().sorted { left, right in
    let p = (left.element.p, right.element.p)
    if p.0.isNaN != p.1.isNaN { return p.1.isNaN }
    if p.0 != p.1, !p.0.isNaN { return p.0 < p.1 }
    return left.offset < right.offset
  }.map(\.element)
}

/// The texts of a line from its degrees of freedom on.
private func tailTexts(of line: RegionLine) -> [String] {
  [
    NumberWords.degrees(line.numeratorDegreesOfFreedom, line.degreesOfFreedom),
    NumberWords.p(line.p),
    NumberWords.decimal(line.voxels, 1), NumberWords.percent(line.coverage),
    NumberWords.percent(line.share), NumberWords.decimal(line.peakZ, 2),
    NumberWords.position(line.peakPosition),
    line.flags.joined(separator: "; "),
  ]
}

/// One small drawing per region, all on the same scale.
private func effectDrawings(of regions: [RegionLine], unit: String) -> [String] {
  let ends = regions.flatMap { [$0.effect - $0.standardError, $0.effect + $0.standardError] }
  let range = paddedRange(of: ends, atLeast: 0...0)
  guard range.lowerBound < range.upperBound else { return [] }
  let axis = Axis(range: range, start: 4, end: 92)
  return regions.map { line in
    guard line.effect.isFinite else { return "" }
    var drawing = Drawing(width: 96, height: 16, description: "effect")
    drawing.line(axis.place(0), 0, axis.place(0), 16, kind: "axis")
    if line.standardError.isFinite {
      let (low, high) = (line.effect - line.standardError, line.effect + line.standardError)
      drawing.line(axis.place(low), 8, axis.place(high), 8, kind: "bar effect")
    }
    drawing.circle(x: axis.place(line.effect), y: 8, radius: 3.2, kind: "dot effect")
    return drawing.hidden
  }
}
