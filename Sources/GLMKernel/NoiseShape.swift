/// How the noise of one voxel is correlated over time.
///
/// Noise with memory, and white noise on top of it: over rows that lie k volumes apart in one run
/// the correlation is `share` × `memory`ᵏ for k > 0. It is the subset of ARMA(1,1) that decays from
/// the same side: a share of 1 is first-order autoregression, a share of 0 is white noise.
public struct NoiseShape: Equatable, Sendable {
  /// The factor by which the correlation falls from one volume to the next, inside (-1, 1).
  public var memory: Double

  /// The part of the variance that has memory, 0 to 1.
  public var share: Double

  /// Creates a shape.
  ///
  /// - Parameters:
  ///   - memory: The factor by which the correlation falls per volume, inside (-1, 1).
  ///   - share: The part of the variance that has memory, 0 to 1.
  public init(memory: Double, share: Double) {
    self.memory = memory
    self.share = share
  }

  /// No memory.
  public static let white = NoiseShape(memory: 0, share: 0)

  /// First-order autoregression.
  ///
  /// - Parameter memory: The correlation of successive volumes, inside (-1, 1).
  /// - Returns: The shape without white noise.
  public static func firstOrder(_ memory: Double) -> NoiseShape {
    NoiseShape(memory: memory, share: 1)
  }

  /// Whether both parts are numbers the kernel can use.
  public var isValid: Bool { abs(memory) < 1 && share >= 0 && share <= 1 }
}

/// The noise of the 16 voxels of a strip.
struct LaneNoise {
  let memory: Lanes
  let share: Lanes

  /// Reads 16 memories, then 16 shares.
  init(_ numbers: UnsafePointer<Double>) {
    var (memory, share) = (Lanes.zero, Lanes.zero)
    for lane in 0..<Lanes.scalarCount {
      memory[lane] = numbers[lane]
      share[lane] = numbers[Lanes.scalarCount + lane]
    }
    self.init(memory: memory, share: share)
  }

  /// Takes the parts as they are; white noise is given a memory of 0.
  init(memory: Lanes, share: Lanes) {
    let isWhite = share .== 0
    self.memory = memory.replacing(with: 0, where: isWhite)
    self.share = share
  }

  /// Whether no lane has white noise on top of its memory.
  var isFirstOrder: Bool { all((share .== 1) .| (memory .== 0)) }
}
