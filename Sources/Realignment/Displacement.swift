import Imaging

/// Returns the framewise displacement of every volume of a run, in mm.
///
/// The sum of the absolute backward differences of the six motion parameters, each rotation taken
/// as the arc it traces on a sphere the size of a head.
///
/// - Parameters:
///   - poses: One pose per volume, in acquisition order.
///   - headRadius: The radius of that sphere, in mm.
/// - Returns: One displacement per volume, in mm. The first is 0, since nothing precedes it.
/// - Complexity: O(*n*) in the number of volumes.
///
/// Source: Power et al. (2012), *NeuroImage* 59(3), 2142-2154, doi:10.1016/j.neuroimage.2011.10.018.
public func framewiseDisplacement(of poses: [RigidMotion], headRadius: Double = 50) -> [Double] {
  poses.indices.map { volume in
    guard volume > 0 else { return 0 }
    let shift = poses[volume].translation - poses[volume - 1].translation
    let turn = poses[volume].rotation - poses[volume - 1].rotation
    return absoluteSum(shift) + headRadius * absoluteSum(turn)
  }
}

/// Returns the root mean square displacement of a ball between successive volumes, in mm.
///
/// - Parameters:
///   - poses: One pose per volume, in acquisition order.
///   - centre: The point that the poses' rotations are taken about, and the middle of the ball, in
///     mm.
///   - radius: The radius of the ball, in mm.
/// - Returns: One displacement per volume, in mm. The first is 0, since nothing precedes it.
/// - Complexity: O(*n*) in the number of volumes.
///
/// Source: Jenkinson (1999), *Measuring transformation error by RMS deviation*, FMRIB TR99MJ1.
public func rmsDisplacement(
  of poses: [RigidMotion],
  about centre: SIMD3<Double>,
  radius: Double = 80
) -> [Double] {
  let maps = poses.map { $0.affine(about: centre) }
  return maps.indices.map { volume in
    guard volume > 0, let back = maps[volume - 1].inverse else { return 0 }
    let change = maps[volume] * back
    let spread = (0..<3).reduce(0.0) { sum, axis in
      var column = change.column(axis)
      column[axis] -= 1
      return sum + (column * column).sum()
    }
    let shift = change(centre) - centre
    return (radius * radius / 5 * spread + (shift * shift).sum()).squareRoot()
  }
}

private func absoluteSum(_ v: SIMD3<Double>) -> Double { abs(v.x) + abs(v.y) + abs(v.z) }
