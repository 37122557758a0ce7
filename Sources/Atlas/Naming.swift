/// Gives the labels of an image their names and sides.
struct Naming {
  private let sides: [Int: SideCount]
  private let knowsMidline: Bool
  private var unnamed: [Int] = []
  private var repeated: [String] = []
  private var contradicted: [String] = []
  private var empty: [String] = []

  /// Starts with what the image tells.
  ///
  /// - Parameters:
  ///   - sides: For every label of the image, how much of it lies on either side.
  ///   - knowsMidline: Whether x = 0 is the midline in the image's space.
  init(sides: [Int: SideCount], knowsMidline: Bool) {
    self.sides = sides
    self.knowsMidline = knowsMidline
  }

  /// Returns the regions of the image and of the names, by ascending label.
  ///
  /// - Parameter names: The names, where there are any.
  /// - Returns: A region for every label above 0 of either.
  mutating func regions(named names: LabelNames?) -> [Region] {
    var entries: [Int: LabelNames.Entry] = [:]
    for entry in names?.entries ?? [] where entry.label > 0 { entries[entry.label] = entry }
    var taken: Set<String> = []
    return Set(sides.keys).union(entries.keys).sorted().map { label in
      var name = entries[label].map(\.name) ?? ""
      if ["", "null", "empty", "none", "n/a"].contains(name.lowercased()) {
        name = "region-\(label)"
        unnamed.append(label)
      }
      if taken.contains(name) {
        repeated.append(name)
        name += "-\(label)"
      }
      taken.insert(name)
      if sides[label] == nil { empty.append(name) }
      return Region(
        label: label,
        name: name,
        hemisphere: side(of: label, name: name, stated: entries[label]?.hemisphere),
        isBrainstem: isBrainstem(fromName: name),
        source: names?.path
      )
    }
  }

  /// The side a table or a name tells, unless the voxels lie on the other; else the side on which
  /// all voxels lie.
  private mutating func side(of label: Int, name: String, stated: Hemisphere?) -> Hemisphere {
    let told = stated ?? hemisphere(fromName: name)
    guard knowsMidline, let count = sides[label] else { return told }
    switch told {
    case .midline: return .midline
    case .left, .right:
      let opposite = told == .left ? count.right : count.left
      guard 2 * opposite > count.all else { return told }
      contradicted.append(name)
      return .none
    case .none:
      if count.left == count.all { return .left }
      return count.right == count.all ? .right : .none
    }
  }

  /// Returns what a reader should know of the naming.
  ///
  /// - Parameters:
  ///   - names: The names, where there are any.
  ///   - image: The image's path.
  /// - Returns: One sentence each.
  func notes(names: LabelNames?, image: String) -> [String] {
    let image = fileName(of: image)
    guard let names else {
      return ["No file of names lies beside \(image): its regions carry their labels as names."]
    }
    var notes: [String] = []
    if !contradicted.isEmpty {
      notes.append(
        "\(fileName(of: names.path)) calls \(contradicted.count) regions left or right (\(shown(contradicted))) "
          + "whose voxels in \(image) lie on the other side: their hemisphere is given as n/a; "
          + "trust neither their names nor a left-right comparison before the file is checked."
      )
    }
    if !unnamed.isEmpty {
      notes.append("\(unnamed.count) labels of \(image) have no name and carry their number.")
    }
    if !repeated.isEmpty {
      let file = fileName(of: names.path)
      notes.append("\(file) uses names twice (\(shown(repeated))): the label was added.")
    }
    if !empty.isEmpty {
      notes.append("\(empty.count) named regions have no voxel in \(image): \(shown(empty)).")
    }
    return notes
  }

  /// The last part of a path: reports do not tell where a file lay.
  private func fileName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private func shown(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }
}
