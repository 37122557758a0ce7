public import Algebra
import Glibc

/// A small generator of repeatable normal numbers for tests (splitmix64 and Box-Muller).
public struct NormalNumbers {
  private var state: UInt64

  /// Starts the sequence that belongs to a seed.
  public init(seed: UInt64) { state = seed }

  /// The next number above 0 and below 1.
  public mutating func uniform() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return (Double((bits ^ (bits >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  /// The next number of mean 0 and variance 1.
  public mutating func next() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// Stationary AR(1) noise of unit innovations.
  public mutating func memory(_ rho: Double, count: Int) -> [Double] {
    var value = next() / (1 - rho * rho).squareRoot()
    return (0..<count).map { step in
      if step > 0 { value = rho * value + next() }
      return value
    }
  }
}

/// A design like that of a run: blocks, slow cosines, random confounds and the constant.
public func runLikeDesign(volumes: Int, columns: Int, seed: UInt64 = 7) -> Matrix {
  var numbers = NormalNumbers(seed: seed)
  var all: [[Double]] = []
  for column in 0..<columns {
    switch column {
    case columns - 1: all.append([Double](repeating: 1, count: volumes))
    case 0, 1:
      all.append((0..<volumes).map { ($0 + 7 * column) / 10 % (column + 2) == 0 ? 1 : 0 })
    case 2, 3, 4:
      all.append(
        (0..<volumes).map { cos(.pi * (Double($0) + 0.5) * Double(column - 1) / Double(volumes)) }
      )
    default: all.append((0..<volumes).map { _ in numbers.next() })
    }
  }
  return Matrix(columns: all, rowCount: volumes)
}

/// Weights that are 1 for one column.
public func only(_ column: Int, of count: Int) -> [Double] {
  (0..<count).map { $0 == column ? 1 : 0 }
}
