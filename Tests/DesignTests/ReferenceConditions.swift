import Design
import TestData

extension ReferenceTable {
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
