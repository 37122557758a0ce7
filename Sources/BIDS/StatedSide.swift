/// A side of the body as a table states it.
public enum StatedSide: String, CaseIterable, Sendable {
  /// The person's left.
  case left

  /// The person's right.
  case right

  /// Both, so that nothing is contralateral.
  case both

  /// Reads a side: `left`, `L`, `right`, `R`, `both` or `bilateral`, in any case; `nil` for others.
  ///
  /// - Parameter text: The text of a cell.
  public init?(text: String) {
    switch text.lowercased() {
    case "left", "l": self = .left
    case "right", "r": self = .right
    case "both", "bilateral", "b": self = .both
    default: return nil
    }
  }

  /// What a cell of a side may hold, in words.
  public static let expected = "left, right or both"
}

extension Phenotype {
  /// Returns the side that a column states of a participant.
  ///
  /// - Parameters:
  ///   - column: Such as `affected_side`.
  ///   - participant: The participant's label, with or without `sub-`.
  /// - Returns: The side; `nil` where none is stated.
  /// - Throws: ``BIDSError`` where the cell holds something else.
  public func side(in column: String, of participant: String) throws(BIDSError) -> StatedSide? {
    guard let text = value(of: column, for: participant) else { return nil }
    if let side = StatedSide(text: text) { return side }
    throw refusal(of: column, for: participant, expected: StatedSide.expected)
      ?? BIDSError(path: paths.first ?? "", reason: .missingColumn(column, existing: columns))
  }
}

extension EventTable {
  /// Returns the only side that the column `stimulated_side` states of a run's events.
  ///
  /// - Returns: The side, `both` where the events differ; `nil` where none is stated.
  /// - Throws: ``BIDSError`` where a cell holds something else.
  public func stimulatedSide() throws(BIDSError) -> StatedSide? {
    let column = "stimulated_side"
    guard columns.contains(column) else { return nil }
    var found: Set<StatedSide> = []
    for event in events {
      guard let text = event.values[column], !isUnknown(text) else { continue }
      guard let side = StatedSide(text: text) else {
        throw BIDSError(
          path: path,
          reason: .badCell(
            line: event.line,
            column: column,
            text: text,
            expected: StatedSide.expected
          )
        )
      }
      found.insert(side)
    }
    return found.count > 1 ? .both : found.first
  }
}
