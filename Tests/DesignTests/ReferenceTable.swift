import Design
import FoundationEssentials
import TestData

/// A tab-separated table of a reference case.
struct ReferenceTable {
  let names: [String]
  let rows: [[String: String]]

  init(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: SharedData.references + "/" + path))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let header = (lines.first ?? "").split(separator: "\t").map(String.init)
    names = header
    rows = lines.dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(header, cells))
    }
  }

  func numbers(_ column: String) -> [Double] {
    rows.map { Double($0[column] ?? "") ?? .nan }
  }

  /// The conditions of an events table, by name.
  var conditions: [Condition] {
    let names = Set(rows.compactMap { $0["trial_type"] }).sorted()
    return names.map { name in
      let events = rows.filter { $0["trial_type"] == name }
      let number = { (column: String) in events.map { Double($0[column] ?? "") ?? .nan } }
      return Condition(
        name: name,
        onsets: number("onset"),
        durations: number("duration"),
        amplitudes: self.names.contains("modulation") ? number("modulation") : nil
      )
    }
  }
}
