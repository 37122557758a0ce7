import Algebra
import FoundationEssentials
import TestData

/// A table of a reference case: tab-separated numbers under a line of names.
struct ReferenceTable {
  let names: [String]
  let matrix: Matrix

  init(_ name: String, _ file: String) throws {
    let path = SharedData.references + "/\(name)/\(file)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: "\t") }
    names = (lines.first ?? []).map(String.init)
    let rows = lines.dropFirst().map { line in line.map { Double($0) ?? .nan } }
    matrix = Matrix(
      rowCount: rows.count,
      columnCount: names.count,
      elements: rows.flatMap { $0 }
    )
  }

  subscript(name: String) -> [Double] {
    names.firstIndex(of: name).map(matrix.column) ?? []
  }
}
