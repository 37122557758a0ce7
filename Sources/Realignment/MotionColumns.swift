public import Imaging

/// The names of the six motion columns.
public let motionNames6 = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"]

/// The names of the 24 motion columns: the six, their backward differences, the squares of both.
public let motionNames24 = motionNames6.flatMap { name in
  ["", "_derivative1", "_power2", "_derivative1_power2"].map { name + $0 }
}

/// Returns the 24 motion columns and both displacements of a run.
///
/// The columns take a point of the volume to the reference, *x'* = Rz Ry Rx (*x* - *c*) + *c* + *t*,
/// in mm and rad, RAS+; *c* is the centre of the mask. That is the inverse of the poses, about
/// another centre. `framewise_displacement` and `rmsd` compare successive volumes; the ball of
/// `rmsd` lies about *c*.
///
/// - Parameters:
///   - motion: The head motion.
///   - maskCentre: The mean position of the mask's voxels, in mm.
/// - Returns: The columns in the order of ``motionNames24``, then `framewise_displacement`, `rmsd`,
///   and what is known of each pose: `pose_found` (1 or 0), `pose_residual`, `field_of_view_share`.
public func motionConfounds(_ motion: MotionEstimate, maskCentre: SIMD3<Double>) -> ConfoundsTable {
  let columns = motion.poses.indices.map { volume in
    // A rigid map has an inverse; one that is not finite stays as it is and is not finite there.
    let map = motion.map(ofVolume: volume)
    return RigidMotion(map.inverse ?? map, about: maskCentre)
  }
  var table: [[Double]] = []
  for parameter in 0..<6 {
    let values = columns.map {
      parameter < 3 ? $0.translation[parameter] : $0.rotation[parameter - 3]
    }
    let change = values.indices.map { $0 == 0 ? 0 : values[$0] - values[$0 - 1] }
    table += [values, change, values.map { $0 * $0 }, change.map { $0 * $0 }]
  }
  let displacement = framewiseDisplacement(of: columns)
  let poses = motion.poses.indices.map {
    RigidMotion(motion.map(ofVolume: $0), about: maskCentre)
  }
  let rmsd = rmsDisplacement(of: poses, about: maskCentre)
  let between = ["framewise_displacement", "rmsd"]
  return ConfoundsTable(
    names: motionNames24 + between + ["pose_found", "pose_residual", "field_of_view_share"],
    columns: table + [
      displacement, rmsd, motion.converged.map { $0 ? 1 : 0 }, motion.residuals, motion.viewShares,
    ],
    namesWithoutFirstValue: Set(motionNames24.filter { $0.contains("derivative1") } + between)
  )
}

extension Mask {
  /// The mean position of the voxels, in mm; the grid's centre without any.
  public var centre: SIMD3<Double> {
    guard count > 0 else { return grid.centre }
    return indices.reduce(.zero) { $0 + grid.position(ofVoxel: $1) } / Double(count)
  }
}
