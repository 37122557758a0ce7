/// Something about a table that was put right or must be known, once per cause.
public struct TableNotice: Equatable, Sendable {
  /// What was noticed.
  public enum Cause: String, Sendable {
    /// The file starts with a byte order mark.
    case byteOrderMark

    /// Lines end in carriage returns.
    case carriageReturns

    /// Two columns of one name are equal.
    case repeatedColumn

    /// Two columns of one name differ.
    case ambiguousColumn

    /// Cells are empty where `n/a` is meant.
    case emptyCells

    /// Rows are not in the order of their onsets.
    case unsorted

    /// Events have no duration.
    case noDuration

    /// Events have a duration of 0.
    case zeroDuration

    /// Events begin before the first volume.
    case beforeStart

    /// There are no events.
    case noEvents
  }

  /// What was noticed.
  public let cause: Cause

  /// The first line it concerns; `nil` where that is the whole file.
  public let line: Int?

  /// What it is and what was done about it, without the file and the line.
  public let sentence: String

  init(_ cause: Cause, line: Int? = nil, _ sentence: String) {
    (self.cause, self.line, self.sentence) = (cause, line, sentence)
  }

  /// Returns the sentence with its place in front.
  ///
  /// - Parameter path: The file.
  /// - Returns: The whole sentence.
  public func sentence(in path: String) -> String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(sentence)"
  }
}

extension Table {
  /// What is to be known about cells that are empty: they count as missing.
  var emptyCells: TableNotice? {
    var (count, firstLine): (Int, Int?) = (0, nil)
    for (row, cells) in rows.enumerated() {
      let found = cells.count { $0.isEmpty }
      if found > 0 { firstLine = firstLine ?? lineNumbers[row] }
      count += found
    }
    guard count > 0 else { return nil }
    return TableNotice(
      .emptyCells,
      line: firstLine,
      "\(count) cells are empty where n/a is meant; they count as missing"
    )
  }
}
