public import Statistics

/// A design that cannot be made of participants' values, and why.
public enum GroupDesignError: Error, Equatable {
  /// The question needs a table of participants, and there is none.
  case noPhenotype(column: String)

  /// The table has no such column.
  case noColumn(String, path: String, existing: [String])

  /// A value of a numeric column is not a number.
  case notANumber(participant: String, column: String, text: String)

  /// A level has fewer than two participants with all values.
  case levelTooSmall(String, column: String, count: Int)

  /// A participant is named twice.
  case duplicate(String)

  /// A planned comparison names a level that is not compared, or its weights do not sum to 0.
  case planned(String)

  /// A column has the same value for everybody.
  case constant(String)

  /// A column is used twice.
  case usedTwice(String)

  /// The design cannot be fitted.
  case model(GroupModelError)
}

extension GroupDesignError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    switch self {
    case .noPhenotype(let column):
      "the column \(column) is asked for, but there is no phenotype table; name one"
    case .noColumn(let column, let path, let existing):
      "\(path): there is no column \(column); there is \(existing.joined(separator: ", "))"
    case .notANumber(let participant, let column, let text):
      """
      sub-\(participant) has \(text) in the column \(column), where a number is needed; \
      write n/a where there is none, or take the column as a category
      """
    case .levelTooSmall(let level, let column, let count):
      """
      the group \(level) of \(column) has \(count) of the 2 participants that a comparison needs; \
      see who was left out and why
      """
    case .duplicate(let participant):
      "sub-\(participant) is there twice; give each participant once"
    case .planned(let name):
      """
      the comparison \(name) names a level that is not compared, or its weights do not sum to 0; \
      correct its weights
      """
    case .constant(let column):
      "\(column) is the same for everybody who takes part, so it cannot be in the design"
    case .usedTwice(let column): "the column \(column) is asked for twice; name it once"
    case .model(let error): error.description
    }
  }
}
