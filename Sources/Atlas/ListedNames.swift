/// Reads names from a table with the columns `index` and `name`, tab-separated.
///
/// - Parameters:
///   - text: The table.
///   - path: What an error names.
/// - Returns: The names.
/// - Throws: ``AtlasError`` where a column is missing or a label is no number.
func tableNames(_ text: String, _ path: String) throws(AtlasError) -> LabelNames? {
  let table = SeparatedText(text, separator: "\t")
  guard let index = table.place(of: "index", "label", "value", "mapping") else {
    throw AtlasError(path: path, reason: .missingColumn("index"))
  }
  guard let name = table.place(of: "name", "region", "label_name", "abbreviation") else {
    throw AtlasError(path: path, reason: .missingColumn("name"))
  }
  let side = table.place(of: "hemisphere", "hemi")
  var entries: [LabelNames.Entry] = []
  for (line, cells) in table.rows {
    guard index < cells.count, name < cells.count, let label = wholeNumber(cells[index]) else {
      let problem = "a whole-numbered label and a name were expected, separated by tabs"
      throw AtlasError(path: path, reason: .line(line, problem: problem))
    }
    let hemisphere = side.flatMap { $0 < cells.count ? Hemisphere(spelled: cells[$0]) : nil }
    entries.append(.init(label: label, name: cells[name], hemisphere: hemisphere, line: line))
  }
  return LabelNames(path: path, entries: entries, isCounted: false)
}

/// Reads names from lines: `label name`, with colours before or after, or one name a line.
///
/// - Parameters:
///   - text: The lines; those that begin with # are left out.
///   - path: What an error names.
/// - Returns: The names, or `nil` where there is none.
/// - Throws: ``AtlasError`` where some lines begin with a label and others do not.
func listNames(_ text: String, _ path: String) throws(AtlasError) -> LabelNames? {
  var lines: [(line: Int, words: [Substring])] = []
  for (place, line) in text.split(
    omittingEmptySubsequences: false,
    whereSeparator: \.isNewline
  ).enumerated() {
    let words = line.split(whereSeparator: \.isWhitespace)
    if let first = words.first, !first.hasPrefix("#") { lines.append((place + 1, words)) }
  }
  guard !lines.isEmpty else { return nil }
  let indexed = lines.filter { $0.words.count > 1 && wholeNumber($0.words[0]) != nil }
  if indexed.isEmpty {
    let entries = lines.enumerated().map { place, line in
      LabelNames.Entry(
        label: place + 1,
        name: line.words.joined(separator: " "),
        hemisphere: nil,
        line: line.line
      )
    }
    return LabelNames(path: path, entries: entries, isCounted: true)
  }
  var entries: [LabelNames.Entry] = []
  for (line, words) in lines {
    guard words.count > 1, let label = wholeNumber(words[0]) else {
      let problem = "no label stands before the name, as it does in other lines"
      throw AtlasError(path: path, reason: .line(line, problem: problem))
    }
    let name = nameWithoutColours(words.dropFirst())
    entries.append(.init(label: label, name: name, hemisphere: nil, line: line))
  }
  return LabelNames(path: path, entries: entries, isCounted: false)
}

/// Returns the name in the rest of a line: FreeSurfer writes four numbers of colour after it,
/// FSLeyes three and ITK-SNAP six before it.
///
/// Three numbers after a name stay, since `area 3 1 2` is a name.
private func nameWithoutColours(_ words: ArraySlice<Substring>) -> String {
  func isNumber(_ word: Substring) -> Bool { Double(word) != nil }
  var name = words
  let before = words.prefix(while: isNumber).count
  if before >= 3, before < words.count { name = words.dropFirst(before) }
  if words.count > 4, words.suffix(4).allSatisfy(isNumber) { name = words.dropLast(4) }
  let text = name.joined(separator: " ")
  let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
  return isQuoted ? String(text.dropFirst().dropLast()) : text
}

/// Returns a label, which some programs write as `12.0`.
///
/// - Parameter text: The label's text.
/// - Returns: The whole number it is, or `nil`.
func wholeNumber(_ text: some StringProtocol) -> Int? {
  if let whole = Int(text) { return whole }
  guard let value = Double(text), value.rounded() == value, abs(value) <= Double(Int32.max) else {
    return nil
  }
  return Int(value)
}

extension Hemisphere {
  /// Reads a side as tables spell it: `L`, `lh`, `Left`, `M`, `B` and so on.
  init?(spelled text: String) {
    switch text.lowercased() {
    case "l", "lh", "left": self = .left
    case "r", "rh", "right": self = .right
    case "m", "b", "mid", "midline", "bilateral": self = .midline
    default: return nil
    }
  }
}
