import Job

/// A piece of a contrast's expression.
struct ContrastToken: Equatable {
  /// What it is.
  enum Kind: Equatable {
    /// A number.
    case number(Double)

    /// A name; a quoted one is never a function.
    case name(String, isQuoted: Bool)

    /// One of `+ - * / ( ) ,`.
    case symbol(Character)
  }

  /// What it is.
  let kind: Kind

  /// Where it starts, in characters from 1.
  let place: Int
}

/// Returns the pieces of an expression.
func contrastTokens(_ expression: String) throws(ContrastProblem) -> [ContrastToken] {
  let characters = Array(expression)
  var tokens: [ContrastToken] = []
  var next = 0
  while next < characters.count {
    let character = characters[next]
    let start = next
    let kind: ContrastToken.Kind
    if character.isWhitespace {
      next += 1
      continue
    } else if "+-*/(),".contains(character) {
      kind = .symbol(character)
      next += 1
    } else if character == "`" {
      kind = .name(try quotedName(characters, &next), isQuoted: true)
    } else if startsWord(character) {
      while next < characters.count, continuesWord(characters[next]) { next += 1 }
      kind = .name(String(characters[start..<next]), isQuoted: false)
    } else {
      kind = .number(try number(characters, &next))
    }
    tokens.append(ContrastToken(kind: kind, place: start + 1))
  }
  return tokens
}

/// Reads a name in backticks, in which two backticks mean one.
private func quotedName(
  _ characters: [Character],
  _ next: inout Int
) throws(ContrastProblem) -> String {
  var name = ""
  next += 1
  while next < characters.count {
    if characters[next] != "`" {
      name.append(characters[next])
      next += 1
    } else if next + 1 < characters.count, characters[next + 1] == "`" {
      name.append("`")
      next += 2
    } else {
      next += 1
      return name
    }
  }
  throw .unfinished
}

/// Reads a number such as 2, 0.5, .5 or 1e-3.
private func number(
  _ characters: [Character],
  _ next: inout Int
) throws(ContrastProblem) -> Double {
  let start = next
  func isDigit(_ place: Int) -> Bool {
    place < characters.count && characters[place].isASCII && characters[place].isNumber
  }
  while isDigit(next) || (next < characters.count && characters[next] == ".") { next += 1 }
  if next > start, next < characters.count, "eE".contains(characters[next]) {
    let signed = next + 1 < characters.count && "+-".contains(characters[next + 1])
    let digits = next + (signed ? 2 : 1)
    if isDigit(digits) {
      next = digits
      while isDigit(next) { next += 1 }
    }
  }
  let text = String(characters[start..<next])
  // A digit glued to a word is a condition that needs backticks, such as 2back.
  let isGlued = next < characters.count && (continuesWord(characters[next]) || next == start)
  guard !isGlued, let value = Double(text), value.isFinite else {
    let shown = isGlued ? text + String(characters[next]) : text
    throw .unexpected(shown, place: start + 1)
  }
  return value
}
