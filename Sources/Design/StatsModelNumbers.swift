import Algebra
import BIDS

// What instructions make of numbers; NaN stands for a missing one.

/// Returns the mean of the numbers that are there.
private func mean(_ numbers: [Double]) -> Double {
  let known = numbers.filter { !$0.isNaN }
  return known.reduce(0, +) / Double(known.count)
}

/// Returns numbers less their mean.
func demeaned(_ numbers: [Double]) -> [Double] {
  let centre = mean(numbers)
  return numbers.map { $0 - centre }
}

/// Returns numbers less their mean, over their standard deviation (of *n* - 1).
///
/// - Parameters:
///   - numbers: The numbers.
///   - name: The variable, for messages.
///   - demeans: Whether the mean is taken off.
///   - rescales: Whether they are divided by the standard deviation.
///   - replacement: When missing ones become 0; `nil` for never.
/// - Returns: As many numbers.
/// - Throws: ``StatsModelProblem`` where there is one value only and nothing says what to make of it.
func scaled(
  _ numbers: [Double],
  _ name: String,
  demeans: Bool,
  rescales: Bool,
  replacement: StatsModelOperation.Replacement?
) throws(StatsModelProblem) -> [Double] {
  let different = Set(numbers.filter { !$0.isNaN })
  guard different.count != 1 || replacement == .after else { throw .constant(name) }
  var result = replacement == .before ? numbers.map { $0.isNaN ? 0 : $0 } : numbers
  if demeans { result = demeaned(result) }
  if rescales {
    let centre = mean(result)
    let known = result.filter { !$0.isNaN }
    let squares = known.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    let deviation = (squares / Double(known.count - 1)).squareRoot()
    result = result.map { $0 / deviation }
  }
  return replacement == .after ? result.map { $0.isFinite ? $0 : 0 } : result
}

/// Returns numbers of which those on the wrong side of a limit, and missing ones, are 0.
func thresholded(
  _ numbers: [Double],
  _ limit: Double,
  isBinary: Bool,
  keepsAbove: Bool,
  isSigned: Bool
) -> [Double] {
  let limit = isSigned ? limit : abs(limit)
  return numbers.map { number in
    let value = isSigned ? number : abs(number)
    guard keepsAbove ? value >= limit : value <= limit else { return 0 }
    return isBinary ? 1 : value
  }
}

/// Returns numbers less what other columns explain of them beside a constant.
///
/// The coefficients are those of a fit with a constant, which itself stays in.
func orthogonalized(_ numbers: [Double], to columns: [[Double]]) -> [Double] {
  guard !columns.isEmpty, !numbers.isEmpty else { return numbers }
  let centred = Matrix(columns: columns.map(demeaned), rowCount: numbers.count)
  let coefficients = RankRevealingQR(centred).coefficients(of: demeaned(numbers))
  return numbers.indices.map { row in
    zip(columns, coefficients).reduce(numbers[row]) { $0 - $1.0[row] * $1.1 }
  }
}
