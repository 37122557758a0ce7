public import Imaging
import Realignment

/// How far an estimate of motion is from the truth, over the points of a brain.
public struct MotionError: Sendable {
  /// One number per volume: the root mean square over the points of the distance, in mm, between
  /// where a point is and where the estimate puts it.
  public let volumes: [Double]

  /// The mean over volumes and points of that distance, in mm.
  public let mean: Double

  /// The root mean square over volumes and points, in mm.
  public var rootMeanSquare: Double {
    let squares = volumes.map { $0 * $0 }.reduce(0, +)
    return (squares / Double(max(1, volumes.count))).squareRoot()
  }

  /// Compares maps whose frames differ by a constant pose, which is taken out at the mean of the
  /// differences over the run.
  ///
  /// - Parameters:
  ///   - found: The estimated maps of reference points to scanner points, one per volume.
  ///   - known: The true maps of head points to scanner points.
  ///   - points: Points of the head, in mm.
  public init(of found: [Affine], against known: [Affine], at points: [SIMD3<Double>]) {
    let moved = zip(found, known).map { found, known -> [SIMD3<Double>] in
      let map = (known.inverse ?? .identity) * found
      return points.map { map($0) }
    }
    let middle = points.indices.map { point in
      moved.reduce(.zero) { $0 + $1[point] } / Double(moved.count)
    }
    self.init(differences: moved.map { zip($0, middle).map { $0 - $1 } })
  }

  /// Compares maps that are taken relative to the first volume, whose own error enters every other.
  ///
  /// - Parameters:
  ///   - found: The estimated maps of reference points to scanner points, one per volume.
  ///   - known: The true maps of head points to scanner points.
  ///   - points: Points of the first volume, in mm.
  public init(relativeToFirst found: [Affine], against known: [Affine], at points: [SIMD3<Double>])
  {
    let (one, other) = (found[0].inverse ?? .identity, known[0].inverse ?? .identity)
    self.init(
      differences: found.indices.dropFirst().map { volume in
        let (map, truth) = (found[volume] * one, known[volume] * other)
        return points.map { map($0) - truth($0) }
      }
    )
  }

  private init(differences: [[SIMD3<Double>]]) {
    volumes = differences.map { list in
      let squares = list.reduce(0.0) { $0 + ($1 * $1).sum() }
      return (squares / Double(max(1, list.count))).squareRoot()
    }
    let means = differences.map { list in
      list.reduce(0.0) { $0 + $1.length } / Double(max(1, list.count))
    }
    mean = means.reduce(0, +) / Double(max(1, means.count))
  }
}

extension MovingHead {
  /// The true maps of head points to scanner points, one per volume.
  public var maps: [Affine] { poses.map { $0.affine(about: .zero) } }

  /// Points all over the brain, in mm of the head.
  public var brainPoints: [SIMD3<Double>] {
    var points: [SIMD3<Double>] = []
    for x in stride(from: -66.0, through: 66, by: 6) {
      for y in stride(from: -78.0, through: 84, by: 6) {
        for z in stride(from: -44.0, through: 48, by: 6) where FoldedHead.isBrain([x, y, z]) {
          points.append([x, y, z])
        }
      }
    }
    return points
  }
}
