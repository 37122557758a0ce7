/// A table of ready texts.
public struct ReportTable: Equatable, Sendable {
  /// A column of a table.
  public struct Column: Equatable, Sendable {
    /// Its heading.
    public var title: String

    /// Whether it holds numbers, which are set to the right.
    public var isNumeric: Bool

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - title: Its heading.
    ///   - isNumeric: Whether it holds numbers, which are set to the right.
    public init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// What the table shows.
  public var caption: String

  /// The columns; the first names the row.
  public var columns: [Column]

  /// One text per column and row.
  public var rows: [[String]]

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - caption: What the table shows.
  ///   - columns: The columns; the first names the row.
  ///   - rows: One text per column and row.
  public init(caption: String, columns: [Column], rows: [[String]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}
