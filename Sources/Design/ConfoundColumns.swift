public import Algebra
import BIDS
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

/// Returns the columns of a run's table of confounds that are to be taken out.
///
/// Differences and squares stand in the table, formed from *all* volumes before any is censored.
///
/// - Parameters:
///   - asked: A preset, or columns by name.
///   - table: The values of each column by its name, one per volume.
///   - components: The columns that hold the components of white matter and cerebrospinal fluid
///     together, where the table's description names them; else all called `a_comp_cor_` do.
/// - Returns: The columns; `nil` where none are asked for.
/// - Throws: ``DesignError`` where a column is not there, or holds a value that is not finite.
///
/// Source of the 24: Friston et al. (1996), *Magn. Reson. Med.* 35(3), 346-355; of the 36: Satterthwaite
/// et al. (2013), *NeuroImage* 64, 240-256; of the components: Behzadi et al. (2007), *NeuroImage* 37,
/// 90-101.
public func confoundColumns(
  _ asked: Confounds,
  from table: [String: [Double]],
  components: [String]? = nil
) throws(DesignError) -> ConfoundColumns? {
  let names = try confoundNames(asked, among: Array(table.keys), components: components)
  return names.isEmpty ? nil : try confoundColumns(names, from: table)
}

/// Returns the names of the confounds that are to be taken out.
///
/// - Parameters:
///   - asked: A preset, or columns by name.
///   - names: The columns that there are.
///   - components: The columns of the components that a preset takes the first of, in order.
/// - Returns: The names, each once, a preset's in its own order.
/// - Throws: ``DesignError`` where there are too few components, or a pattern matches nothing.
public func confoundNames(
  _ asked: Confounds,
  among names: [String],
  components: [String]? = nil
) throws(DesignError) -> [String] {
  let endings = ["", "_derivative1", "_power2", "_derivative1_power2"]
  let motion24 = endings.flatMap { ending in motionParameterNames.map { $0 + ending } }
  switch asked {
  case .none: return []
  case .motion6: return motionParameterNames
  case .motion24: return motion24
  case .motion24Components(let count):
    let there = components ?? names.filter { $0.hasPrefix("a_comp_cor_") }.sorted(by: labelPrecedes)
    guard there.count >= count else { throw .tooFewComponents(wanted: count, found: there.count) }
    return motion24 + there.prefix(count)
  case .signals36:
    return motion24
      + ["csf", "white_matter", "global_signal"].flatMap { name in endings.map { name + $0 } }
  case .columns(let patterns):
    var chosen: [String] = []
    for pattern in patterns {
      let matching = names.filter(NamePattern(pattern).matches).sorted(by: labelPrecedes)
      guard !matching.isEmpty || marksVolumes(pattern) else {
        throw .noConfound(name: pattern, found: names.sorted())
      }
      chosen += matching.filter { !chosen.contains($0) }
    }
    return chosen
  }
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
