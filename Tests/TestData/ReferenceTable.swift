public import Algebra
import FoundationEssentials

/// A table of a peer's expected numbers: tab-separated, under a line of names.
public struct ReferenceTable {
  /// The names of the columns.
  public let names: [String]

  /// The cells of each line, by the name of their column.
  public let rows: [[String: String]]

  /// Reads a table.
  ///
  /// - Parameter path: The file, from the folder of references on.
  /// - Throws: The system's error where it cannot be read.
  public init(_ path: String) throws {
    let text = try String(contentsOfFile: SharedData.references + "/" + path, encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let header = lines.first ?? []
    names = header
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The numbers of one column, NaN where a cell holds none.
  public subscript(column: String) -> [Double] {
    rows.map { Double($0[column] ?? "") ?? .nan }
  }

  /// All numbers, *rows* × *columns*.
  public var matrix: Matrix {
    Matrix(columns: names.map { self[$0] }, rowCount: rows.count)
  }
}
