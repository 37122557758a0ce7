import FoundationEssentials
import TestData

/// A tab-separated table of a reference case.
struct ReferenceTable {
  let rows: [[String: String]]

  init(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: SharedData.references + "/" + path))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let names = (lines.first ?? "").split(separator: "\t").map(String.init)
    rows = lines.dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
  }

  func numbers(_ column: String) -> [Double] {
    rows.map { Double($0[column] ?? "") ?? .nan }
  }
}
