import Glibc
public import Imaging
public import Realignment
import Statistics

/// A run of a head whose motion is known.
public struct MovingHead: Sendable {
  /// How a head moves.
  public enum Motion: Sendable {
    /// It wanders by up to 1 mm and 1.6 degrees, with breathing and three jerks.
    case restless

    /// Every volume lies elsewhere, by up to 8 mm and 8 degrees about each axis.
    case jumping

    /// It lies still.
    case still
  }

  /// The voxels of every volume.
  public var grid: Grid

  /// Where the head is in each volume: points of the head to points of the scanner, about 0.
  public var poses: [RigidMotion]

  /// The standard deviation of the noise inside the head; grey matter has 1000.
  public var noise: Double

  /// The correlation of the noise from one volume to the next.
  public var memory = 0.3

  /// What each volume's brightness is multiplied by.
  public var gains: [Double]

  /// The seed of the noise.
  public var seed: UInt64

  /// Plans a run of 64 × 64 × 36 voxels of 3.25 × 3.25 × 3.5 mm.
  ///
  /// - Parameters:
  ///   - motion: How the head moves.
  ///   - volumeCount: The number of volumes.
  ///   - noise: The noise, in % of grey matter.
  ///   - seed: The seed of motion and noise.
  public init?(_ motion: Motion, volumeCount: Int, noise: Double, seed: UInt64 = 7) {
    let size: SIMD3<Double> = [3.25, 3.25, 3.5]
    let dimensions = SIMD3(64, 64, 36)
    let corner = -size * (SIMD3<Double>(dimensions) - 1) / 2
    let affine = Affine.scaling(size, then: corner)
    guard let grid = Grid(dimensions: dimensions, affine: affine) else { return nil }
    self.init(grid, motion, volumeCount: volumeCount, noise: noise, seed: seed)
  }

  /// Plans a run on any grid that holds the head.
  ///
  /// - Parameters:
  ///   - grid: The voxels.
  ///   - motion: How the head moves.
  ///   - volumeCount: The number of volumes.
  ///   - noise: The noise, in % of grey matter.
  ///   - seed: The seed of motion and noise.
  public init(_ grid: Grid, _ motion: Motion, volumeCount: Int, noise: Double, seed: UInt64 = 7) {
    self.grid = grid
    self.noise = noise * 10
    self.seed = seed
    let phase = (0..<volumeCount).map { Double($0) / Double(max(1, volumeCount)) }
    gains = phase.map { 1 + 0.004 * (2 * $0 - 1) + 0.003 * cos(2 * .pi * $0) }
    switch motion {
    case .restless: poses = restless(volumeCount, seed: seed)
    case .jumping: poses = jumping(volumeCount, seed: seed)
    case .still: poses = [RigidMotion](repeating: .identity, count: volumeCount)
    }
  }

  /// Measures the run, as int16.
  ///
  /// - Parameter threads: The number of threads; the run does not depend on it.
  /// - Returns: The run.
  public func measured(threads: Int) -> ImageSeries {
    let head = FoldedHead()
    let count = grid.voxelCount
    var samples = [Int16](repeating: 0, count: count * poses.count)
    samples.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let target = SlabPointer(base)
      // Every slice has its own noise, whichever thread takes it.
      forEachSlab(grid.dimensions.z, threads: threads) { slice in
        measure(slice, of: head) { volume, index, value in
          (target.base + volume * count + index).pointee = Int16(
            max(0, min(32767, value.rounded()))
          )
        }
      }
    }
    return ImageSeries(
      grid: grid,
      volumeCount: poses.count,
      encoding: .int16,
      bytes: samples.withUnsafeBytes { [UInt8]($0) }
    )
  }

  private func measure(_ slice: Int, of head: FoldedHead, put: (Int, Int, Double) -> Void) {
    var generator = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(slice))
    let plane = grid.dimensions.x * grid.dimensions.y
    let first = grid.index(0, 0, slice)
    var waves = (0..<plane).map { _ in noise > 0 ? generator.normal() : 0 }
    let fresh = (1 - memory * memory).squareRoot()
    for (volume, pose) in poses.enumerated() {
      if volume > 0, noise > 0 {
        for i in waves.indices { waves[i] = memory * waves[i] + fresh * generator.normal() }
      }
      guard let toHead = pose.affine(about: .zero).inverse else { continue }
      for y in 0..<grid.dimensions.y {
        let start = toHead(grid.position(ofVoxel: grid.index(0, y, slice)))
        let next = toHead(grid.affine([1, Double(y), Double(slice)]))
        let line = head.line(from: start, step: next - start, count: grid.dimensions.x)
        for (x, value) in line.enumerated() {
          let i = y * grid.dimensions.x + x
          put(volume, first + i, gains[volume] * Double(value) + noise * waves[i])
        }
      }
    }
  }
}

private func jumping(_ count: Int, seed: UInt64) -> [RigidMotion] {
  var generator = SeededGenerator(seed: seed)
  func triple(_ scale: Double) -> SIMD3<Double> {
    let (x, y, z) = (generator.uniform(), generator.uniform(), generator.uniform())
    return (SIMD3(x, y, z) * 2 - 1) * scale
  }
  return (0..<count).map { volume in
    volume == 0
      ? .identity : RigidMotion(translation: triple(8), rotation: triple(8 * .pi / 180))
  }
}

private func restless(_ count: Int, seed: UInt64) -> [RigidMotion] {
  var generator = SeededGenerator(seed: seed)
  // Six slow walks of up to 0.8, breathing, a tremor, and jerks that half stay; mm and degrees.
  var parameters = (0..<6).map { parameter -> [Double] in
    var (place, speed) = (0.0, 0.0)
    var walk = (0..<count).map { _ -> Double in
      speed = 0.8 * speed + 0.2 * generator.normal()
      place += speed
      return place
    }
    let far = walk.map { abs($0 - walk[0]) }.max() ?? 0
    walk = walk.map { far > 0 ? 0.8 * ($0 - walk[0]) / far : 0 }
    let rate = 2 * .pi * Double(20 + 7 * parameter) / Double(max(1, count))
    return walk.indices.map {
      walk[$0] + 0.05 * sin(rate * Double($0) + Double(parameter)) + 0.01 * generator.normal()
    }
  }
  for share in [0.25, 0.54, 0.8] {
    let at = Int(share * Double(count))
    for parameter in 0..<6 {
      let jerk = 1.4 * generator.uniform() - 0.7
      for volume in at..<count { parameters[parameter][volume] += volume == at ? jerk : 0.5 * jerk }
    }
  }
  return (0..<count).map { volume in
    let p = parameters.map { $0[volume] - $0[0] }
    return RigidMotion(
      translation: [p[3], p[4], p[5]],
      rotation: SIMD3(p[0], p[1], p[2]) * .pi / 180
    )
  }
}
