import Files
import Glibc

/// The names of the regions of a label image.
struct LabelNames {
  /// One name, and where it stands.
  struct Entry {
    let label: Int
    let name: String
    let hemisphere: Hemisphere?
    let line: Int
  }

  /// The file they come from.
  let path: String

  /// The names, in the file's order.
  let entries: [Entry]

  /// Whether the labels were not written down but counted from the order of the lines.
  let isCounted: Bool
}

/// Finds and reads the names of an image's regions in a file beside it.
///
/// Tried in this order, for the image's name, then for the same without `res-` and without the
/// space: `.tsv` (columns `index` and `name`, as BIDS has it), `.json` (`rois`, or label to name),
/// `.txt` (label and name, or one name a line whose order is the label), `.xml` (FSL: the image
/// holds index + 1 for probabilistic atlases, the index itself where the type is Label), `.lut`
/// (FreeSurfer or FSLeyes), `_label.txt`; then `…NodeNames.txt` with `…NodeIndex.1D` (xcpEngine).
///
/// - Parameter image: The image.
/// - Returns: The names, or `nil` where no file holds any.
/// - Throws: ``AtlasError`` where a file of names cannot be understood.
func labelNames(besideImage image: String) throws(AtlasError) -> LabelNames? {
  let file = AtlasFileName(image)
  for stem in file.stemsOfNames {
    let base = file.folder + stem
    if let names = try names(base + ".tsv", tableNames) { return names }
    if let names = try names(base + ".json", jsonNames) { return names }
    if let names = try names(base + ".txt", listNames) { return names }
    if let names = try names(base + ".xml", xmlNames) { return names }
    if let names = try names(base + ".lut", listNames) { return names }
    if let names = try names(base + "_label.txt", listNames) { return names }
  }
  guard file.stem.hasSuffix("MNI") else { return nil }
  return try nodeNames(file.folder + file.stem.dropLast(3))
}

/// Reads one file of names where it exists.
private func names(
  _ path: String,
  _ read: (String, String) throws(AtlasError) -> LabelNames?
) throws(AtlasError) -> LabelNames? {
  guard access(path, F_OK) == 0, let names = try read(try text(of: path), path) else { return nil }
  var seen: Set<Int> = []
  for entry in names.entries {
    guard entry.label >= 0, entry.label <= Int32.max else {
      let problem = "the label \(entry.label) is not in 0 to \(Int32.max)"
      throw AtlasError(path: path, reason: .line(entry.line, problem: problem))
    }
    guard seen.insert(entry.label).inserted else {
      throw AtlasError(path: path, reason: .twice("label \(entry.label)", line: entry.line))
    }
  }
  return names
}

/// Reads xcpEngine's pair: a name a line, and in a second file the label of each line.
private func nodeNames(_ base: String) throws(AtlasError) -> LabelNames? {
  let (path, indexPath) = (base + "NodeNames.txt", base + "NodeIndex.1D")
  guard let list = try names(path, listNames) else { return nil }
  guard list.isCounted, access(indexPath, F_OK) == 0 else { return list }
  let labels = try text(of: indexPath).split(whereSeparator: \.isWhitespace)
  guard labels.count == list.entries.count else {
    let problem = "\(labels.count) labels for the \(list.entries.count) names of \(path)"
    throw AtlasError(path: indexPath, reason: .names(problem: problem))
  }
  var entries: [LabelNames.Entry] = []
  for (entry, text) in zip(list.entries, labels) {
    guard let label = Int(text), label > 0, label <= Int32.max else {
      let problem = "'\(text)' is no label above 0"
      throw AtlasError(path: indexPath, reason: .line(entry.line, problem: problem))
    }
    entries.append(.init(label: label, name: entry.name, hemisphere: nil, line: entry.line))
  }
  return LabelNames(path: path, entries: entries, isCounted: false)
}
