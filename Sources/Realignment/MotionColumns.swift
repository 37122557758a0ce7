public import Imaging

/// Named columns of numbers, one row per volume, for a table or a design.
public struct ConfoundsTable: Equatable, Sendable {
  /// The columns' names, in order.
  public let names: [String]

  /// One list per column, one number per volume; an undefined first value is 0.
  public let columns: [[Double]]

  /// The columns whose first value is undefined: `n/a` in a file.
  public let namesWithoutFirstValue: Set<String>

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - names: The columns' names.
  ///   - columns: One list per column, one number per volume.
  ///   - namesWithoutFirstValue: The columns whose first value is undefined.
  public init(names: [String], columns: [[Double]], namesWithoutFirstValue: Set<String> = []) {
    precondition(names.count == columns.count, "one name per column")
    self.names = names
    self.columns = columns
    self.namesWithoutFirstValue = namesWithoutFirstValue
  }

  /// Returns a column by its name.
  ///
  /// - Parameter name: The name.
  /// - Returns: One number per volume, or `nil` where there is no such column.
  public subscript(name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  /// Returns the table that holds only the named columns that are there, in the given order.
  ///
  /// - Parameter wanted: The names.
  /// - Returns: The smaller table.
  public func keeping(_ wanted: [String]) -> ConfoundsTable {
    let found = wanted.filter { names.contains($0) }
    return ConfoundsTable(
      names: found,
      columns: found.compactMap { self[$0] },
      namesWithoutFirstValue: namesWithoutFirstValue.intersection(found)
    )
  }

  /// Returns the table with the columns of another one after its own.
  ///
  /// - Parameter other: A table of as many volumes.
  /// - Returns: The wider table.
  public func appending(_ other: ConfoundsTable) -> ConfoundsTable {
    ConfoundsTable(
      names: names + other.names,
      columns: columns + other.columns,
      namesWithoutFirstValue: namesWithoutFirstValue.union(other.namesWithoutFirstValue)
    )
  }
}

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
/// - Returns: The columns in the order of ``motionNames24``, then `framewise_displacement`, `rmsd`.
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
    names: motionNames24 + between,
    columns: table + [displacement, rmsd],
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
