import Algebra
import Imaging
import Realignment

extension MovingHead {
  /// The least error that any unbiased estimate can have, in mm: the Cramér-Rao bound.
  ///
  /// Of six motions and the brightness of one volume, from all its voxels, in white noise, against a
  /// reference whose own noise is known; the root mean square over the brain, as ``MotionError``
  /// measures it. Nothing of it comes from the estimator: the derivatives are differences of the
  /// head's formula.
  ///
  /// - Parameter referenceNoise: The reference's noise over a volume's; 0 for one without any.
  /// - Returns: The bound, in mm.
  public func bound(referenceNoise: Double = 0) -> Double? {
    let columns = derivatives()
    var information = Matrix(zeros: 7, 7)
    for i in 0..<7 {
      for j in 0..<7 {
        let product = zip(columns[i], columns[j]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        information[i, j] = product / (noise * noise)
      }
    }
    guard noise > 0, let factor = Cholesky(information) else { return nil }
    let covariance = (0..<7).map { axis in
      factor.solve((0..<7).map { $0 == axis ? 1.0 : 0.0 })
    }
    let points = brainPoints
    var sum = 0.0
    for point in points {
      // A point's shift is that of the head plus the turn times its distance.
      let turns = [
        SIMD3(0, -point.z, point.y), SIMD3(point.z, 0, -point.x), SIMD3(-point.y, point.x, 0),
      ]
      for axis in 0..<3 {
        var row = [Double](repeating: 0, count: 7)
        row[axis] = 1
        for turn in 0..<3 { row[3 + turn] = turns[turn][axis] }
        for i in 0..<7 { for j in 0..<7 { sum += row[i] * covariance[i][j] * row[j] } }
      }
    }
    return (sum / Double(points.count) * (1 + referenceNoise * referenceNoise)).squareRoot()
  }

  /// How every voxel of an unmoved volume changes per mm, per rad, and with brightness.
  private func derivatives() -> [[Float]] {
    let head = FoldedHead()
    func image(_ pose: RigidMotion) -> [Float] {
      guard let toHead = pose.affine(about: .zero).inverse else { return [] }
      return (0..<grid.dimensions.z).flatMap { z in
        (0..<grid.dimensions.y).flatMap { y -> [Float] in
          let start = toHead(grid.position(ofVoxel: grid.index(0, y, z)))
          let next = toHead(grid.affine([1, Double(y), Double(z)]))
          return head.line(from: start, step: next - start, count: grid.dimensions.x)
        }
      }
    }
    let motions = (0..<6).map { parameter -> [Float] in
      let step = parameter < 3 ? 0.05 : 0.001
      func pose(_ sign: Double) -> RigidMotion {
        var pose = RigidMotion.identity
        if parameter < 3 {
          pose.translation[parameter] = sign * step
        } else {
          pose.rotation[parameter - 3] = sign * step
        }
        return pose
      }
      return zip(image(pose(1)), image(pose(-1))).map { ($0 - $1) / Float(2 * step) }
    }
    return motions + [image(.identity)]
  }
}
