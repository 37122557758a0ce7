import Glibc
import Job

/// Returns the columns of slow drift of a run, without the constant.
///
/// Cosines: √(2/n) cos(π k (i + ½) / n), k from 1 to ⌊2 n TR / cutoff⌋, sampled on all volumes.
/// Polynomial: powers of time from 0 to 1, each made orthogonal to the lower ones and the constant.
///
/// - Parameters:
///   - drift: The kind.
///   - count: The number of volumes *n*, at least 2.
///   - repetitionTime: TR, in s.
/// - Returns: *n* numbers per column.
/// - Throws: ``DesignError`` where the columns would be as many as the volumes.
func driftColumns(
  _ drift: Drift,
  volumeCount count: Int,
  repetitionTime: Double
) throws(DesignError) -> [[Double]] {
  switch drift {
  case .none: return []
  case .cosine(let cutoff):
    guard cutoff > 2 * repetitionTime else {
      throw .badDrift(
        what: "a high-pass cutoff of \(cutoff) s is not longer than two volumes"
      )
    }
    // A billionth: a quotient that is whole must not be rounded down.
    let number = (2 * Double(count) * repetitionTime / cutoff + 1e-9).rounded(.down)
    return (1..<Int(min(number, Double(count))) + 1).map { cosine($0, count) }
  case .polynomial(let order):
    guard order >= 0, order < count - 1 else {
      throw .badDrift(what: "a drift of order \(order) does not fit \(count) volumes")
    }
    return polynomials(order: order, count)
  }
}

/// Returns one cosine.
private func cosine(_ order: Int, _ count: Int) -> [Double] {
  let scale = (2 / Double(count)).squareRoot()
  return (0..<count).map { volume in
    scale * cos(Double.pi / Double(count) * (Double(volume) + 0.5) * Double(order))
  }
}

/// Returns the powers of time from the first to a last.
private func polynomials(order: Int, _ count: Int) -> [[Double]] {
  let times = (0..<count).map { Double($0) / Double(count - 1) }
  var basis = [[Double](repeating: 1, count: count)]
  var power = times
  for _ in 0..<order {
    var column = power
    // Twice: what rounding leaves of the lower powers is taken out too.
    for _ in 0..<2 {
      for lower in basis { removeProjection(of: &column, on: lower) }
    }
    basis.append(column)
    power = zip(power, times).map { $0 * $1 }
  }
  return Array(basis.dropFirst())
}
