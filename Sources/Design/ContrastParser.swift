/// Turns the pieces of an expression into weights.
///
/// rows → sum (`,` sum)*; sum → product ((`+` | `-`) product)*; product → factor ((`*` | `/`)
/// factor)*; factor → (`+` | `-`) factor | number | name | `(` sum `)` | `mean(` sum (`,` sum)* `)`.
struct ContrastParser {
  private let tokens: [ContrastToken]
  private let names: [String: [Double]]
  private let known: [String]
  private let width: Int
  private var next = 0
  private var depth = 0

  init(tokens: [ContrastToken], names: [String: [Double]], known: [String], width: Int) {
    (self.tokens, self.names, self.known, self.width) = (tokens, names, known, width)
  }

  /// Reads the whole expression.
  mutating func rows() throws(ContrastProblem) -> [[Double]] {
    guard !tokens.isEmpty else { throw .empty }
    var rows: [[Double]] = []
    repeat {
      if next == tokens.count || symbol == "," { throw .empty }
      let row = try sum()
      guard row.constant == 0 else { throw .loneNumber }
      rows.append(row.weights)
    } while take(",")
    if next < tokens.count { throw unexpected }
    return rows
  }

  private mutating func sum() throws(ContrastProblem) -> LinearForm {
    var result = try product()
    while let operation = symbol, operation == "+" || operation == "-" {
      next += 1
      let other = try product()
      result = result.adding(other, times: operation == "+" ? 1 : -1)
    }
    return result
  }

  private mutating func product() throws(ContrastProblem) -> LinearForm {
    var result = try factor()
    while let operation = symbol, operation == "*" || operation == "/" {
      next += 1
      let other = try factor()
      if operation == "/" {
        guard other.isNumber else { throw .notLinear }
        guard other.constant != 0 else { throw .divisionByZero }
        result = result.scaled(by: other.constant, dividing: true)
      } else if other.isNumber {
        result = result.scaled(by: other.constant, dividing: false)
      } else {
        guard result.isNumber else { throw .notLinear }
        result = other.scaled(by: result.constant, dividing: false)
      }
    }
    return result
  }

  private mutating func factor() throws(ContrastProblem) -> LinearForm {
    guard next < tokens.count else { throw .unfinished }
    guard depth < 100 else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    let token = tokens[next]
    switch token.kind {
    case .number(let value):
      next += 1
      return LinearForm(constant: value, width: width)
    case .name(let name, let isQuoted):
      next += 1
      if !isQuoted, name == "mean", take("(") { return try mean() }
      guard let weights = names[name] else { throw .unknownName(name, known: known) }
      return LinearForm(weights: weights)
    case .symbol("-"):
      next += 1
      return try factor().scaled(by: -1, dividing: false)
    case .symbol("+"):
      next += 1
      return try factor()
    case .symbol("("):
      next += 1
      let inner = try sum()
      try expectClosing()
      return inner
    case .symbol: throw unexpected
    }
  }

  /// Reads what follows `mean(`.
  private mutating func mean() throws(ContrastProblem) -> LinearForm {
    var total = try sum()
    var count = 1.0
    while take(",") {
      total = total.adding(try sum(), times: 1)
      count += 1
    }
    try expectClosing()
    return total.scaled(by: count, dividing: true)
  }

  private mutating func expectClosing() throws(ContrastProblem) {
    guard next < tokens.count else { throw .unfinished }
    guard take(")") else { throw unexpected }
  }

  /// The symbol that comes next, if one does.
  private var symbol: Character? {
    guard next < tokens.count, case .symbol(let character) = tokens[next].kind else { return nil }
    return character
  }

  /// Steps over a symbol if it comes next.
  private mutating func take(_ character: Character) -> Bool {
    guard symbol == character else { return false }
    next += 1
    return true
  }

  /// The complaint about the piece that comes next.
  private var unexpected: ContrastProblem {
    let token = tokens[next]
    let text =
      switch token.kind {
      case .number(let value): "\(value)"
      case .name(let name, _): name
      case .symbol(let character): String(character)
      }
    return .unexpected(text, place: token.place)
  }
}

/// A number plus a weighted sum of columns.
private struct LinearForm {
  var constant = 0.0
  var weights: [Double]

  /// Whether no condition takes part.
  var isNumber: Bool

  init(constant: Double, width: Int) {
    self.constant = constant
    weights = [Double](repeating: 0, count: width)
    isNumber = true
  }

  init(weights: [Double]) {
    self.weights = weights
    isNumber = false
  }

  func adding(_ other: LinearForm, times sign: Double) -> LinearForm {
    var sum = self
    sum.constant += sign * other.constant
    sum.weights = zip(weights, other.weights).map { $0 + sign * $1 }
    sum.isNumber = isNumber && other.isNumber
    return sum
  }

  func scaled(by number: Double, dividing: Bool) -> LinearForm {
    var result = self
    result.constant = dividing ? constant / number : constant * number
    result.weights = weights.map { dividing ? $0 / number : $0 * number }
    return result
  }
}
