import Files
import Imaging

/// One row of a table of spheres.
struct SphereRow {
  let line: Int
  let region: Region
  let sphere: Sphere
  let space: String?
}

/// Reads a table of spheres: the built-in one, or one that a person has edited.
///
/// Tab-separated, with the columns `label name hemisphere x y z radius_mm`, and if wanted
/// `brainstem` (yes or no), `space`, `study` and `source`.
///
/// - Parameters:
///   - text: The table.
///   - path: What an error names.
/// - Returns: The rows, by ascending label.
/// - Throws: ``AtlasError`` naming the line that cannot be understood.
func sphereRows(_ text: String, path: String) throws(AtlasError) -> [SphereRow] {
  let table = SeparatedText(text, separator: "\t")
  let places = try SphereColumns(table, path: path)
  var rows: [SphereRow] = []
  for (line, cells) in table.rows {
    guard cells.count == table.columns.count else {
      let problem = "\(cells.count) cells where the first line has \(table.columns.count)"
      throw AtlasError(path: path, reason: .line(line, problem: problem + "; are they tabs?"))
    }
    let row: SphereRow
    do throws(RowProblem) {
      row = try places.row(cells, line: line)
    } catch {
      throw AtlasError(path: path, reason: .line(line, problem: error.sentence))
    }
    if rows.contains(where: { $0.region.label == row.region.label }) {
      throw AtlasError(path: path, reason: .twice("label \(row.region.label)", line: line))
    }
    if rows.contains(where: { $0.region.name == row.region.name }) {
      throw AtlasError(path: path, reason: .twice("name \(row.region.name)", line: line))
    }
    rows.append(row)
  }
  return rows.sorted { $0.region.label < $1.region.label }
}

/// Why a row cannot be understood.
private struct RowProblem: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// Where the columns of a table of spheres stand.
private struct SphereColumns {
  let label, name, hemisphere, x, y, z, radius: Int
  let brainstem, space, study, source: Int?

  init(_ table: SeparatedText, path: String) throws(AtlasError) {
    func needed(_ name: String) throws(AtlasError) -> Int {
      guard let place = table.place(of: name) else {
        throw AtlasError(path: path, reason: .missingColumn(name))
      }
      return place
    }
    label = try needed("label")
    name = try needed("name")
    hemisphere = try needed("hemisphere")
    (x, y, z) = (try needed("x"), try needed("y"), try needed("z"))
    radius = try needed("radius_mm")
    brainstem = table.place(of: "brainstem")
    space = table.place(of: "space")
    study = table.place(of: "study")
    source = table.place(of: "source")
  }

  func row(_ cells: [String], line: Int) throws(RowProblem) -> SphereRow {
    guard let label = Int(cells[label]), label > 0, label <= Int32.max else {
      throw RowProblem("the label '\(cells[label])' is no whole number above 0")
    }
    let name = cells[name]
    guard !name.isEmpty else { throw RowProblem("the region has no name") }
    guard let side = Hemisphere(rawValue: cells[hemisphere]) else {
      throw RowProblem("the hemisphere '\(cells[hemisphere])' is none of L, R, M, n/a")
    }
    let sphere = try sphere(cells)
    let x = sphere.centre.x
    guard !(side == .left && x > 0 || side == .right && x < 0) else {
      throw RowProblem("\(name) is called \(side.rawValue) but x = \(number(x)) mm lies opposite")
    }
    let cited = [study, source].compactMap { $0 }.map { cells[$0] }.filter { !$0.isEmpty }
    let region = Region(
      label: label,
      name: name,
      hemisphere: side,
      isBrainstem: try isBrainstem(cells),
      source: cited.isEmpty ? nil : cited.joined(separator: "; "),
      sphere: sphere
    )
    let stated = space.map { cells[$0] } ?? ""
    return SphereRow(
      line: line,
      region: region,
      sphere: sphere,
      space: stated.isEmpty ? nil : stated
    )
  }

  private func sphere(_ cells: [String]) throws(RowProblem) -> Sphere {
    func finite(_ place: Int, _ what: String) throws(RowProblem) -> Double {
      guard let value = Double(cells[place]), abs(value) <= 200 else {
        throw RowProblem("\(what) is '\(cells[place])', not a number of millimetres up to 200")
      }
      return value
    }
    let centre = SIMD3(try finite(x, "x"), try finite(y, "y"), try finite(z, "z"))
    let radius = try finite(radius, "the radius")
    guard radius > 0, radius <= 50 else {
      throw RowProblem("the radius is \(number(radius)) mm; it must be above 0 and at most 50")
    }
    return Sphere(centre: centre, radius: radius)
  }

  private func isBrainstem(_ cells: [String]) throws(RowProblem) -> Bool {
    switch brainstem.map({ cells[$0].lowercased() }) {
    case nil, "no", "", "n/a": return false
    case "yes": return true
    case .some(let other): throw RowProblem("brainstem is '\(other)', neither yes nor no")
    }
  }
}
