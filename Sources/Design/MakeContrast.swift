import Algebra
public import Job

/// Returns the contrast that an expression describes.
///
/// An expression is a sum of conditions with numbers, fractions, `*`, `/`, parentheses, a leading
/// minus and `mean(a, b, c)`. Commas outside of parentheses separate the rows of an F contrast; one
/// row is a t contrast. A name is one plain word (letters, digits and `_`, not starting with a digit)
/// or stands in backticks, where two backticks mean one. It names a condition, a modulator, a
/// derivative or a delay; confounds, drift and the constant have no names here. Under a finite impulse
/// response a condition's own name is the mean of its delays. An expression that is, as a whole, a
/// column's name is that column.
///
/// - Parameters:
///   - request: The contrast's name and expression.
///   - design: The design its weights are for.
/// - Returns: The contrast.
/// - Throws: ``DesignError`` where the expression cannot be understood, names something that is not in
///   the design, or compares nothing.
public func contrast(
  _ request: ContrastRequest,
  for design: DesignMatrix
) throws(DesignError) -> Contrast {
  guard !fileLabel(of: request.name).isEmpty else { throw .noFileLabel(name: request.name) }
  let rows: [[Double]]
  do {
    rows = try weightRows(request.expression, for: design)
  } catch {
    throw .contrast(name: request.name, problem: error)
  }
  return Contrast(
    name: request.name,
    expression: request.expression,
    kind: rows.count == 1 && request.test != .f ? .t : .f,
    weights: Matrix(
      rowCount: rows.count,
      columnCount: design.columns.count,
      elements: rows.flatMap { $0 }
    )
  )
}

/// Returns the contrasts of a run.
///
/// - Parameters:
///   - requests: The questions; where there are none, those of ``defaultContrastRequests(for:)``.
///   - design: The design their weights are for.
/// - Returns: The contrasts, in the same order.
/// - Throws: ``DesignError`` where one cannot be made, or two would share a file.
public func contrasts(
  _ requests: [ContrastRequest],
  for design: DesignMatrix
) throws(DesignError) -> [Contrast] {
  let asked = requests.isEmpty ? defaultContrastRequests(for: design) : requests
  try requireDistinctFileLabels(asked.map(\.name))
  var made: [Contrast] = []
  for request in asked { made.append(try contrast(request, for: design)) }
  return made
}

/// Returns every condition against the baseline, and every modulator.
///
/// - Parameter design: The design.
/// - Returns: One question per condition and modulator, in the design's order and by its name.
public func defaultContrastRequests(for design: DesignMatrix) -> [ContrastRequest] {
  var names: [String] = []
  for column in design.columns {
    switch column.role {
    case .stimulus, .modulator: names.append(column.name)
    case .delay(let name, _) where !names.contains(name): names.append(name)
    default: continue
    }
  }
  return names.map { ContrastRequest(name: $0, expression: quoted($0)) }
}

/// Returns the weights of each row of an expression.
private func weightRows(
  _ expression: String,
  for design: DesignMatrix
) throws(ContrastProblem) -> [[Double]] {
  let names = namedWeights(of: design)
  let whole = expression.filter { !$0.isNewline }.trimmingSpaces
  if let weights = names[whole] { return [weights] }
  var parser = ContrastParser(
    tokens: try contrastTokens(expression),
    names: names,
    known: knownNames(of: design),
    width: design.columns.count
  )
  let rows = try parser.rows()
  for (place, row) in rows.enumerated() {
    guard row.contains(where: { abs($0) > 1e-12 }) else { throw .noWeight(row: place + 1) }
    guard row.allSatisfy(\.isFinite) else { throw .divisionByZero }
  }
  let matrix = Matrix(columns: rows, rowCount: design.columns.count)
  guard RankRevealingQR(matrix).rank == rows.count else { throw .dependentRows }
  return rows
}

/// Returns the weights that each name stands for.
private func namedWeights(of design: DesignMatrix) -> [String: [Double]] {
  var delays: [String: [Int]] = [:]
  var names: [String: [Double]] = [:]
  for (place, column) in design.columns.enumerated() where column.role.isOfInterest {
    var weights = [Double](repeating: 0, count: design.columns.count)
    weights[place] = 1
    names[column.name] = weights
    if case .delay(let name, _) = column.role { delays[name, default: []].append(place) }
  }
  for (name, places) in delays where names[name] == nil {
    var weights = [Double](repeating: 0, count: design.columns.count)
    for place in places { weights[place] = 1 / Double(places.count) }
    names[name] = weights
  }
  return names
}

/// Returns the names an expression may use, in the design's order.
private func knownNames(of design: DesignMatrix) -> [String] {
  let bare = defaultContrastRequests(for: design).map(\.name)
  return bare + design.columns.filter(\.role.isOfInterest).map(\.name).filter { !bare.contains($0) }
}

extension String {
  /// The string without spaces at either end.
  fileprivate var trimmingSpaces: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
