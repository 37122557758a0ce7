internal import GLMKernel
internal import Job

/// The correlations that a design's residuals show for noise of every memory.
///
/// The correlation at lag k is expected to be E_k(a) / E_0(a) - 2 k aᵏ N_k / n² for N_k pairs among n
/// kept rows: what ``ExpectedSums`` gives, less the bias of a ratio of sums (Marriott & Pope 1954,
/// *Biometrika* 41, 390-402). Estimates are found by comparing residuals with it, so that the design
/// biases none of them.
struct NoiseTable {
  /// One memory beside the residuals of a voxel.
  struct Fit {
    /// By how much the sum of squares falls.
    let gain: Double

    /// The part of the residuals' variance that has memory, 0 to 1.
    let part: Double

    /// The variance that the design leaves of noise with this memory, over what it leaves of white.
    let keptVariance: Double
  }

  /// The step from one memory to the next.
  static let step = 0.01

  /// Whether the kept volumes can tell noise with memory from noise without.
  let isTelling: Bool

  /// The expected correlation at lag 1 of first-order autoregression, rising, of ``memories``.
  let neighbours: [Double]

  /// The memories that lag 1 tells apart, of first-order autoregression, in steps of ``step``.
  ///
  /// Around 0, and up to ``noiseMemoryRange``'s bounds unless the design of a short run takes so much
  /// of long memory that lag 1 stops rising with it.
  let memories: ClosedRange<Double>

  /// The correlations of the residuals of white noise at lags 1, 2, ...
  let white: [Double]

  /// How the correlations of each memory differ from those of white noise, from one step up.
  ///
  /// At unit length and times the lags' weights; lag after lag, each padded to whole vectors.
  private let directions: [SIMD16<Float>]
  private let vectorCount: Int

  /// The lengths of these differences.
  private(set) var lengths: [Double] = []
  private var keptVariances: [Double] = []

  /// Tabulates a design.
  ///
  /// - Parameters:
  ///   - design: The design, with its lags.
  ///   - model: The model whose noise will be looked for.
  ///   - threads: The number of threads, on which no number depends.
  init(of design: KernelDesign, for model: Noise, threads: Int) {
    let expected = ExpectedSums(of: design, memories: noiseMemoryRange, threads: threads)
    let pairCounts = expected.pairCounts.map(Double.init)
    let correlations = { (memory: Double) -> [Double] in
      let sums = expected(memory)
      var power = 1.0
      return sums.indices.dropFirst().map { lag in
        power *= memory
        let bias = 2 * Double(lag) * power / pairCounts[0] * pairCounts[lag] / pairCounts[0]
        return sums[lag] / sums[0] - bias
      }
    }
    let range = noiseMemoryRange
    let count = Int(((range.upperBound - range.lowerBound) / Self.step).rounded())
    let memory = { (index: Int) in
      min(range.lowerBound + Double(index) * Self.step, range.upperBound)
    }
    let all = (0...count).map { correlations(memory($0)).first ?? 0 }
    let rising = risingStretch(of: all, around: Int((-range.lowerBound / Self.step).rounded()))
    neighbours = Array(all[rising])
    memories = memory(rising.lowerBound)...memory(rising.upperBound)
    isTelling = pairCounts.count > 1 && pairCounts[1] > 0 && neighbours.count > 1
    white = correlations(0)

    // First-order noise is found among the neighbours alone.
    let memoryCount = model == .arma11 ? Int((range.upperBound / Self.step).rounded()) : 0
    let tabulated = (0..<memoryCount).map { min(Double($0 + 1) * Self.step, range.upperBound) }
    let width = SIMD16<Float>.scalarCount
    vectorCount = (tabulated.count + width - 1) / width
    var directions = [SIMD16<Float>](repeating: .zero, count: white.count * vectorCount)
    for (index, memory) in tabulated.enumerated() {
      let differences = zip(correlations(memory), white).map { $0 - $1 }
      // The variance of a sum grows with the number of its products.
      let weighted = differences.indices.map { lag in
        pairCounts[lag + 1] > 0 ? differences[lag] / pairCounts[lag + 1] : 0
      }
      let length = zip(differences, weighted).reduce(0) { $0 + $1.0 * $1.1 }.squareRoot()
      for lag in differences.indices where length > 0 {
        directions[lag * vectorCount + index / width][index % width] =
          Float(weighted[lag] / length)
      }
      lengths.append(length)
      keptVariances.append(expected(memory)[0] / expected(0)[0])
    }
    self.directions = directions
  }

  /// Returns the place of the memory that fits best.
  ///
  /// - Parameter correlations: The residuals' correlations at lags 1, 2, ...
  /// - Returns: Its place in the table.
  func bestMemory(_ correlations: [Float]) -> Int {
    var (best, highest) = (0, -Double.infinity)
    for vector in 0..<vectorCount {
      var sums = SIMD16<Float>.zero
      for lag in white.indices {
        sums += directions[lag * vectorCount + vector] * (correlations[lag] - Float(white[lag]))
      }
      let first = vector * SIMD16<Float>.scalarCount
      for index in first..<min(first + SIMD16<Float>.scalarCount, lengths.count) {
        let gain = Self.gain(Double(sums[index - first]), length: lengths[index])
        if gain > highest { (best, highest) = (index, gain) }
      }
    }
    return best
  }

  /// Compares residuals with noise of one memory.
  ///
  /// - Parameters:
  ///   - correlations: The residuals' correlations at lags 1, 2, ...
  ///   - index: The memory's place in the table.
  /// - Returns: How well it fits, and with which part.
  func fit(_ correlations: [Float], _ index: Int) -> Fit {
    let (vector, lane) = index.quotientAndRemainder(dividingBy: SIMD16<Float>.scalarCount)
    var sum = 0.0
    for lag in white.indices {
      sum +=
        Double(directions[lag * vectorCount + vector][lane])
        * (Double(correlations[lag]) - white[lag])
    }
    let length = lengths[index]
    return Fit(
      gain: Self.gain(sum, length: length),
      part: length > 0 ? min(max(sum / length, 0), 1) : 0,
      keptVariance: keptVariances[index]
    )
  }

  /// By how much the sum of squares falls, the part held between 0 and 1.
  private static func gain(_ sum: Double, length: Double) -> Double {
    sum < 0 ? 0 : sum < length ? sum * sum : length * (2 * sum - length)
  }
}

/// The longest stretch around a place in which numbers rise from each to the next.
private func risingStretch(of numbers: [Double], around place: Int) -> ClosedRange<Int> {
  var (first, last) = (place, place)
  while first > 0, numbers[first - 1] < numbers[first] { first -= 1 }
  while last < numbers.count - 1, numbers[last] < numbers[last + 1] { last += 1 }
  return first...last
}
