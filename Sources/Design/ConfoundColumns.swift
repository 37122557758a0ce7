public import Algebra
public import Job

/// Columns that are taken out of a run because they are not of interest.
public struct ConfoundColumns: Equatable, Sendable {
  /// Their names.
  public let names: [String]

  /// *volumes* × *confounds*, as measured: the design standardises them.
  public let matrix: Matrix

  /// Creates confounds.
  ///
  /// - Parameters:
  ///   - names: Their names.
  ///   - matrix: *volumes* × *confounds*.
  public init(names: [String], matrix: Matrix) {
    precondition(names.count == matrix.columnCount, "every confound needs a name")
    self.names = names
    self.matrix = matrix
  }
}

/// The six motion parameters: mm along, then rad about, x, y and z.
public let motionParameterNames = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"]

/// Returns the motion columns of a run.
///
/// Differences and squares are formed from the six parameters of *all* volumes, before any is
/// censored; the difference of the first volume, which nothing precedes, is 0.
///
/// - Parameters:
///   - kind: None, the six, or the 24: the six, their backward differences, and the squares of all
///     twelve.
///   - parameters: The six parameters by their names, one value per volume.
/// - Returns: The columns; `nil` where none are asked for.
/// - Throws: ``DesignError`` where a parameter is not there, or holds a value that is not finite.
///
/// Source: Friston et al. (1996), *Magn. Reson. Med.* 35(3), 346-355.
public func motionColumns(
  _ kind: Confounds,
  from parameters: [String: [Double]]
) throws(DesignError) -> ConfoundColumns? {
  guard kind != .none else { return nil }
  let six = try confoundColumns(motionParameterNames, from: parameters)
  guard kind == .motion24 else { return six }
  let plain = motionParameterNames.indices.map(six.matrix.column)
  let differences = plain.map { values in
    values.indices.map { $0 == 0 ? 0 : values[$0] - values[$0 - 1] }
  }
  let names =
    motionParameterNames
    + motionParameterNames.map { $0 + "_derivative1" }
    + motionParameterNames.map { $0 + "_power2" }
    + motionParameterNames.map { $0 + "_derivative1_power2" }
  let squares = (plain + differences).map { $0.map { $0 * $0 } }
  let columns = plain + differences + squares
  return ConfoundColumns(
    names: names,
    matrix: Matrix(columns: columns, rowCount: six.matrix.rowCount)
  )
}

/// Returns named columns of a table of confounds.
///
/// A first value that is missing (NaN), as differences have, is taken as 0.
///
/// - Parameters:
///   - names: The columns, in the order wanted.
///   - table: The values of each column by its name, one per volume.
/// - Returns: The columns.
/// - Throws: ``DesignError`` where a column is not there, has another length than the first, or holds
///   a value after the first that is not finite.
public func confoundColumns(
  _ names: [String],
  from table: [String: [Double]]
) throws(DesignError) -> ConfoundColumns {
  var columns: [[Double]] = []
  for name in names {
    guard var values = table[name] else {
      throw .noConfound(name: name, found: table.keys.sorted())
    }
    if let first = values.first, first.isNaN { values[0] = 0 }
    if let volume = values.firstIndex(where: { !$0.isFinite }) {
      throw .confoundNotFinite(name: name, volume: volume)
    }
    let expected = columns.first?.count ?? values.count
    guard values.count == expected else {
      throw .wrongLength(what: name, found: values.count, expected: expected)
    }
    columns.append(values)
  }
  let rows = columns.first?.count ?? 0
  return ConfoundColumns(names: names, matrix: Matrix(columns: columns, rowCount: rows))
}
