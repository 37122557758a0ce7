/// Named columns of numbers, one row per volume, for a table or a design.
public struct ConfoundsTable: Equatable, Sendable {
  /// The columns' names, in order.
  public let names: [String]

  /// One list per column, one number per volume; an undefined first value is 0.
  public let columns: [[Double]]

  /// The columns whose first value is undefined: `n/a` in a file.
  public let namesWithoutFirstValue: Set<String>

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - names: The columns' names.
  ///   - columns: One list per column, one number per volume.
  ///   - namesWithoutFirstValue: The columns whose first value is undefined.
  public init(names: [String], columns: [[Double]], namesWithoutFirstValue: Set<String> = []) {
    precondition(names.count == columns.count, "one name per column")
    self.names = names
    self.columns = columns
    self.namesWithoutFirstValue = namesWithoutFirstValue
  }

  /// Returns a column by its name.
  ///
  /// - Parameter name: The name.
  /// - Returns: One number per volume, or `nil` where there is no such column.
  public subscript(name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  /// Returns the table that holds only the named columns that are there, in the given order.
  ///
  /// - Parameter wanted: The names.
  /// - Returns: The smaller table.
  public func keeping(_ wanted: [String]) -> ConfoundsTable {
    let found = wanted.filter { names.contains($0) }
    return ConfoundsTable(
      names: found,
      columns: found.compactMap { self[$0] },
      namesWithoutFirstValue: namesWithoutFirstValue.intersection(found)
    )
  }

  /// Returns the table with the columns of another one after its own.
  ///
  /// - Parameter other: A table of as many volumes.
  /// - Returns: The wider table.
  public func appending(_ other: ConfoundsTable) -> ConfoundsTable {
    ConfoundsTable(
      names: names + other.names,
      columns: columns + other.columns,
      namesWithoutFirstValue: namesWithoutFirstValue.union(other.namesWithoutFirstValue)
    )
  }
}
