/// Returns what is left of a name in a file's name: its letters and digits.
///
/// Letters of every language stay, so that a label is rarely empty; the case is kept.
///
/// - Parameter name: A condition's, contrast's or atlas' name.
/// - Returns: The label; empty where the name has neither letters nor digits.
public func fileLabel(of name: String) -> String {
  name.filter { $0.isLetter || $0.isNumber }
}

/// Refuses names that would share a file.
///
/// - Parameter names: The names.
/// - Throws: ``DesignError`` where a name has no label, or two have the same.
func requireDistinctFileLabels(_ names: [String]) throws(DesignError) {
  var owners: [String: String] = [:]
  for name in names {
    let label = fileLabel(of: name)
    guard !label.isEmpty else { throw .noFileLabel(name: name) }
    if let other = owners[label] {
      throw .sameFileLabel(first: other, second: name, label: label)
    }
    owners[label] = name
  }
}
