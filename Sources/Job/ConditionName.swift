/// Returns a name as it stands in an expression: in backticks where it is not one plain word.
///
/// - Parameter name: A column's or condition's name.
/// - Returns: The name, quoted if needed.
public func quoted(_ name: String) -> String {
  let isPlain =
    (name.first.map(startsWord) ?? false) && name.allSatisfy(continuesWord) && name != "mean"
  guard !isPlain else { return name }
  return "`" + name.map { $0 == "`" ? "``" : String($0) }.joined() + "`"
}

/// Whether a character can start a plain word.
public func startsWord(_ character: Character) -> Bool {
  character.isLetter || character == "_"
}

/// Whether a character can go on a plain word.
public func continuesWord(_ character: Character) -> Bool {
  startsWord(character) || character.isNumber
}
