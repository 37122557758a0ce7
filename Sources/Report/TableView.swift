/// A table as the template wants it.
struct TableView {
  /// One text of a row, perhaps with a drawing.
  struct Cell {
    let text: String
    let drawing: String
    let isHeading: Bool
    let isNumeric: Bool
  }

  /// One row.
  struct Row {
    let cells: [Cell]
    let isStrong: Bool
  }

  let caption: String
  let columns: [ReportTable.Column]
  let rows: [Row]

  /// Lays a table out.
  ///
  /// - Parameters:
  ///   - table: The texts; the first column heads the row.
  ///   - strong: The rows that stand out.
  ///   - drawings: SVG elements that fill a column: the column, and one drawing per row.
  init(
    _ table: ReportTable,
    strong: Set<Int> = [],
    drawings: (column: Int, svg: [String])? = nil
  ) {
    caption = table.caption
    columns = table.columns
    rows = table.rows.enumerated().map { index, row in
      let cells = zip(table.columns, row).enumerated().map { place, cell in
        var drawing = ""
        if let drawings, drawings.column == place, index < drawings.svg.count {
          drawing = drawings.svg[index]
        }
        return Cell(
          text: cell.1,
          drawing: drawing,
          isHeading: place == 0,
          isNumeric: cell.0.isNumeric
        )
      }
      return Row(cells: cells, isStrong: strong.contains(index))
    }
  }
}
