/// A table of confounds as fMRIPrep writes it: a row per volume, a column per confound.
public struct ConfoundsFile: Equatable, Sendable {
  /// The file.
  public let path: String

  /// The names of the columns, in the file's order.
  public let names: [String]

  /// One list per column, one number per volume; NaN where the file says `n/a`.
  public let columns: [[Double]]

  /// The columns of the components of noise in white matter and cerebrospinal fluid together, in order;
  /// `nil` where no description says of what a component is.
  public let combinedComponents: [String]?

  /// What was noticed, in sentences.
  public let notes: [String]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: The file, separated by tabs.
  ///   - description: The JSON file that says what the columns are, if there is one.
  /// - Throws: ``BIDSError`` where a file cannot be used, or a cell is neither a number nor `n/a`.
  public init(path: String, description: String? = nil) throws(BIDSError) {
    let table = try Table(path: path, separator: .tab)
    var columns = table.columns.map { _ in [Double]() }
    for (row, cells) in table.rows.enumerated() {
      for (place, cell) in cells.enumerated() {
        guard let number = isMissing(cell) ? .nan : cellNumber(cell) else {
          let reason = BIDSError.Reason.badCell(
            line: table.lineNumbers[row],
            column: table.columns[place],
            text: cell,
            expected: "a number or n/a"
          )
          throw BIDSError(path: path, reason: reason)
        }
        columns[place].append(number)
      }
    }
    self.path = path
    names = table.columns
    self.columns = columns
    notes = table.notes
    combinedComponents = try description.map(readObject).flatMap { members in
      Self.combinedComponents(in: members, among: table.columns)
    }
  }

  /// The number of volumes.
  public var volumeCount: Int { columns.first?.count ?? 0 }

  /// Returns the components whose mask is `combined`; `nil` where no component has a mask.
  private static func combinedComponents(
    in description: [String: JSONValue],
    among names: [String]
  ) -> [String]? {
    var masks: [String: String] = [:]
    for name in names where name.hasPrefix("a_comp_cor_") {
      guard case .object(let members) = description[name],
        case .string(let mask) = members["Mask"]
      else { continue }
      masks[name] = mask
    }
    guard !masks.isEmpty else { return nil }
    return masks.filter { $0.value == "combined" }.keys.sorted(by: labelPrecedes)
  }
}
