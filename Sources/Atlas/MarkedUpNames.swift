import FoundationEssentials

/// Any JSON value, as far as names need it.
private enum JSONValue: Decodable {
  case text(String)
  case object([String: JSONValue])
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let object = try? value.decode([String: JSONValue].self) {
      self = .object(object)
    } else {
      self = .other
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var object: [String: JSONValue]? { if case .object(let object) = self { object } else { nil } }
}

private func jsonObject(
  _ text: String,
  _ path: String
) throws(AtlasError) -> [String: JSONValue] {
  let value: JSONValue
  do {
    value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  } catch {
    throw AtlasError(path: path, reason: .names(problem: "this is not valid JSON"))
  }
  return value.object ?? [:]
}

/// Reads names from JSON: `rois` by label, each with a `label`, or an object of label to name.
///
/// - Parameters:
///   - text: The JSON.
///   - path: What an error names.
/// - Returns: The names, or `nil` where this is a sidecar without any.
/// - Throws: ``AtlasError`` where it is not JSON.
func jsonNames(_ text: String, _ path: String) throws(AtlasError) -> LabelNames? {
  let top = try jsonObject(text, path)
  let regions = top["rois"]?.object ?? top["labels"]?.object ?? top["Labels"]?.object ?? top
  var entries: [LabelNames.Entry] = []
  for (key, value) in regions {
    guard let label = Int(key) else { continue }
    let name = value.text ?? value.object?["label"]?.text ?? value.object?["name"]?.text ?? ""
    entries.append(.init(label: label, name: name, hemisphere: nil, line: 1))
  }
  guard !entries.isEmpty else { return nil }
  entries.sort { $0.label < $1.label }
  return LabelNames(path: path, entries: entries, isCounted: false)
}

/// Reads the template space from a sidecar.
///
/// - Parameters:
///   - text: The JSON.
///   - path: What an error names.
/// - Returns: The space, where `Space` or `SpatialReference` names one.
/// - Throws: ``AtlasError`` where it is not JSON.
func sidecarSpace(_ text: String, _ path: String) throws(AtlasError) -> String? {
  let top = try jsonObject(text, path)
  for key in ["Space", "space", "SpatialReference"] {
    guard let stated = top[key]?.text, !stated.isEmpty else { continue }
    // A reference may be a path or an address; then only the file's name tells the space.
    if !stated.contains("/"), !stated.contains(".") { return templateSpaceName(stated) }
    if let space = AtlasFileName(stated).space { return space }
  }
  return nil
}

/// Reads names from FSL's XML.
///
/// - Parameters:
///   - text: The XML.
///   - path: What an error names.
/// - Returns: The names, or `nil` where there is no `label` element.
/// - Throws: ``AtlasError`` where a label has no index.
func xmlNames(_ text: String, _ path: String) throws(AtlasError) -> LabelNames? {
  let isLabelImage = text.contains("<type>Label</type>")
  var entries: [LabelNames.Entry] = []
  var line = 1
  let pieces = text.split(separator: "<label ", omittingEmptySubsequences: false)
  for (place, piece) in pieces.enumerated() {
    defer { line += piece.count { $0.isNewline } }
    guard place > 0 else { continue }
    let attributes = piece.prefix { $0 != ">" }
    let content = piece.dropFirst(attributes.count + 1).prefix { $0 != "<" }
    let index = attributes.split(separator: "index=\"", omittingEmptySubsequences: false)
      .dropFirst().first.flatMap { Int($0.prefix { $0 != "\"" }) }
    guard let index, index >= 0, index < Int32.max else {
      throw AtlasError(path: path, reason: .line(line, problem: "this label has no index"))
    }
    let name = unescaped(String(content))
    let label = isLabelImage ? index : index + 1
    entries.append(.init(label: label, name: name, hemisphere: nil, line: line))
  }
  return entries.isEmpty ? nil : LabelNames(path: path, entries: entries, isCounted: false)
}

private func unescaped(_ text: String) -> String {
  let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
  return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
}
