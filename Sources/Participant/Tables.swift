import Algebra
import BIDS
import Design
import Files
import Realignment

/// Returns named columns as tab-separated text, a row per volume.
///
/// - Parameters:
///   - names: The columns' names.
///   - columns: One list per column.
///   - unknownFirst: The columns whose first value is undefined, written `n/a`.
/// - Returns: The text, with a header.
private func separatedText(
  names: [String],
  columns: [[Double]],
  unknownFirst: Set<String> = []
) -> String {
  let rows = (columns.first ?? []).indices.map { row in
    zip(names, columns).map { name, values in
      row == 0 && unknownFirst.contains(name) ? "n/a" : number(values[row])
    }
  }
  return ([names] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
}

extension ConfoundsTable {
  /// The table as tab-separated text.
  var tsv: String {
    separatedText(names: names, columns: columns, unknownFirst: namesWithoutFirstValue)
  }
}

extension DesignMatrix {
  /// The matrix as tab-separated text; tabs and line ends in a column's name become spaces.
  var tsv: String {
    let plain = names.map { String($0.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
    return separatedText(names: plain, columns: names.indices.map(matrix.column))
  }
}
