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

/// Returns the motion columns of a run from its table of confounds.
///
/// Differences and squares stand in the table, formed from *all* volumes before any is censored.
///
/// - Parameters:
///   - kind: None, the six, or the 24: the six, their backward differences, and the squares of all
///     twelve.
///   - table: The values of each column by its name, one per volume.
/// - Returns: The columns; `nil` where none are asked for.
/// - Throws: ``DesignError`` where a column is not there, or holds a value that is not finite.
///
/// Source: Friston et al. (1996), *Magn. Reson. Med.* 35(3), 346-355.
public func motionColumns(
  _ kind: Confounds,
  from table: [String: [Double]]
) throws(DesignError) -> ConfoundColumns? {
  guard kind != .none else { return nil }
  let endings = kind == .motion24 ? ["", "_derivative1", "_power2", "_derivative1_power2"] : [""]
  let names = endings.flatMap { ending in motionParameterNames.map { $0 + ending } }
  return try confoundColumns(names, from: table)
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
