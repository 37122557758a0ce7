import Files
import Glibc
import Imaging
import Statistics

/// Where the head was at each volume of a run.
///
/// A head point x is found at the scanner point y = Rz Ry Rx (x - c) + c + t, in RAS mm and rad.
struct HeadMotion: Sendable {
  /// One pose.
  struct Pose: Sendable {
    var translation: SIMD3<Double>
    var rotation: SIMD3<Double>
  }

  /// c, the point the head turns about, in mm.
  let centre: SIMD3<Double>

  let poses: [Pose]

  /// Draws a wandering head that settles, breathes, and twice starts.
  ///
  /// - Parameters:
  ///   - volumeCount: The number of volumes.
  ///   - centre: The point the head turns about, in mm.
  ///   - generator: Where the motion is drawn from.
  init(volumeCount: Int, centre: SIMD3<Double>, generator: inout SeededGenerator) {
    func triple(_ scale: Double) -> SIMD3<Double> {
      [generator.normal() * scale, generator.normal() * scale, generator.normal() * scale]
    }
    let (slide, turn) = (triple(0.25), triple(0.003))
    let starts = (0..<2).map { _ in generator.index(below: max(1, volumeCount)) }
    let (startSlide, startTurn) = (triple(0.4), triple(0.006))
    var walk = Pose(translation: .zero, rotation: .zero)
    var poses: [Pose] = []
    for volume in 0..<volumeCount {
      walk.translation = 0.95 * walk.translation + triple(0.03)
      walk.rotation = 0.95 * walk.rotation + triple(0.0004)
      let settled = 1 - exp(-Double(volume) / Double(max(1, volumeCount)) * 3)
      let isStart = starts.contains(volume) ? 1.0 : 0
      poses.append(
        Pose(
          translation: walk.translation + settled * slide + isStart * startSlide,
          rotation: walk.rotation + settled * turn + isStart * startTurn
        )
      )
    }
    self.centre = centre
    self.poses = poses
  }

  /// The scanner points of a volume to the points of the head.
  func scannerToHead(volume: Int) -> Affine {
    let r = poses[volume].rotation
    let (cx, sx, cy, sy) = (cos(r.x), sin(r.x), cos(r.y), sin(r.y))
    let (cz, sz) = (cos(r.z), sin(r.z))
    let turn =
      Affine([cz, -sz, 0, 0], [sz, cz, 0, 0], [0, 0, 1, 0])
      * Affine([cy, 0, sy, 0], [0, 1, 0, 0], [-sy, 0, cy, 0])
      * Affine([1, 0, 0, 0], [0, cx, -sx, 0], [0, sx, cx, 0])
    // The inverse of a turn is its transpose.
    let (a, b, c) = (turn.column(0), turn.column(1), turn.column(2))
    let back = -(centre + poses[volume].translation)
    return Affine(
      SIMD4(a, (a * back).sum() + centre.x),
      SIMD4(b, (b * back).sum() + centre.y),
      SIMD4(c, (c * back).sum() + centre.z)
    )
  }

  /// The table of the true motion.
  var table: String {
    let header = "trans_x\ttrans_y\ttrans_z\trot_x\trot_y\trot_z"
    let rows = poses.map { pose in
      let (t, r) = (pose.translation, pose.rotation)
      return [t.x, t.y, t.z, r.x, r.y, r.z].map { fixed($0, digits: 7) }.joined(separator: "\t")
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }
}
