import Glibc

/// Random numbers that are the same on every machine for the same seed.
///
/// The algorithm is xoshiro256**, its state filled by splitmix64; it is part of the contract, since
/// a study's intervals and permutations are repeated from the recorded seed. Not for secrets.
///
/// Source: Blackman & Vigna (2021), *ACM Trans. Math. Softw.* 47(4), 36, doi:10.1145/3460772.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  /// Creates a generator.
  ///
  /// - Parameter seed: Any number; 0 is as good as others.
  public init(seed: UInt64) {
    var filler = SplitMix(state: seed)
    state = (filler.next(), filler.next(), filler.next(), filler.next())
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = (state.1 &* 5).rotatedLeft(by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3.rotatedLeft(by: 45)
    return result
  }

  /// Returns a number drawn uniformly from [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns a whole number drawn uniformly from 0 up to, not including, a bound.
  ///
  /// By multiplication and rejection, so that no value is favoured.
  ///
  /// - Parameter bound: The number of possible values, at least 1.
  /// - Returns: The number.
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "there must be a value to draw")
    let range = UInt64(bound)
    let unfair = (0 &- range) % range
    while true {
      let product = next().multipliedFullWidth(by: range)
      if product.low >= unfair { return Int(product.high) }
    }
  }

  /// Returns a number drawn from the standard normal distribution.
  ///
  /// By the polar method; every second call gives the pair's other half.
  ///
  /// Source: Marsaglia & Bray (1964), *SIAM Rev.* 6(3), 260-264.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spareNormal = y * factor
      return x * factor
    }
  }
}

/// The generator that spreads a seed over a state.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension UInt64 {
  /// The number with its bits moved up in a circle.
  fileprivate func rotatedLeft(by count: UInt64) -> UInt64 {
    (self << count) | (self >> (64 - count))
  }
}
