import BIDS
import Design
import Job
import Realignment

/// What another program measured of a run: the columns that are taken out or shown, and what they say
/// of its volumes.
struct PreprocessedConfounds {
  /// The columns that are taken out, and those that a reader wants to see.
  let table: ConfoundsTable

  /// The names of the columns that are taken out.
  let chosen: [String]

  /// The volumes that were measured before the signal was steady, counted from 0.
  let unsteady: Set<Int>

  /// What a reader must know.
  let notes: [String]

  /// The columns that are shown where they are there.
  private static let shown =
    motionParameterNames + [
      "framewise_displacement", "rmsd", "dvars", "std_dvars", "global_signal",
    ]

  /// What the columns that mark such a volume start with.
  private static let unsteadyPrefix = "non_steady_state_outlier"

  /// Reads the table of a run.
  ///
  /// - Parameters:
  ///   - files: What lies beside the run's image.
  ///   - count: The number of its volumes.
  ///   - job: What was asked.
  /// - Throws: The error of the file, or that it does not hold what is asked of it.
  init(of files: PreprocessedFiles, volumeCount count: Int, job: Job) throws {
    let file = try ConfoundsFile(
      path: files.confoundsPath,
      description: files.confoundsDescriptionPath
    )
    guard file.volumeCount == count else {
      throw ParticipantError.confoundRows(
        path: file.path,
        rows: file.volumeCount,
        volumes: count
      )
    }
    // Of columns of one name, which a table numbers, a third could bear the numbered name already.
    let columns = Dictionary(zip(file.names, file.columns)) { first, _ in first }
    unsteady = Self.marked(by: file.names.filter { $0.hasPrefix(Self.unsteadyPrefix) }, in: columns)
    chosen = try Self.choose(job.model.confounds, from: file, columns)
      .filter { !$0.hasPrefix(Self.unsteadyPrefix) }
    if job.model.censoringThreshold != nil, columns["framewise_displacement"] == nil {
      throw ParticipantError.noDisplacement(path: file.path)
    }
    table = Self.table(of: chosen + Self.shown, from: columns)
    notes = file.notes + Self.notes(on: unsteady, of: file, job)
  }

  /// The named columns that are there and hold numbers, but for a first value that may be missing.
  private static func table(
    of names: [String],
    from columns: [String: [Double]]
  ) -> ConfoundsTable {
    var kept: [String] = []
    for name in names where !kept.contains(name) {
      guard let values = columns[name], values.dropFirst().allSatisfy(\.isFinite) else { continue }
      kept.append(name)
    }
    let values = kept.map { columns[$0] ?? [] }
    return ConfoundsTable(
      names: kept,
      columns: values.map { $0.first?.isNaN == true ? [0] + $0.dropFirst() : $0 },
      namesWithoutFirstValue: Set(zip(kept, values).filter { $1.first?.isNaN == true }.map(\.0))
    )
  }

  /// The confounds that are asked for; an error names the file.
  private static func choose(
    _ asked: Confounds,
    from file: ConfoundsFile,
    _ columns: [String: [Double]]
  ) throws -> [String] {
    do {
      let names = try confoundNames(asked, among: file.names, components: file.combinedComponents)
      if !names.isEmpty { _ = try confoundColumns(names, from: columns) }
      return names
    } catch {
      throw RunError(path: file.path, reason: error)
    }
  }

  /// The volumes that any of some columns is not 0 at.
  private static func marked(by names: [String], in columns: [String: [Double]]) -> Set<Int> {
    var volumes: Set<Int> = []
    for name in names {
      for (volume, value) in (columns[name] ?? []).enumerated() where value.isFinite && value != 0 {
        volumes.insert(volume)
      }
    }
    return volumes
  }

  private static func notes(
    on unsteady: Set<Int>,
    of file: ConfoundsFile,
    _ job: Job
  ) -> [String] {
    var notes: [String] = []
    if !unsteady.isEmpty {
      let list = unsteady.sorted().map(String.init).joined(separator: ", ")
      notes.append(
        "\(unsteady.count) volumes before the steady state (counted from 0: \(list)), which "
          + "\(unsteadyPrefix) columns name, are left out"
      )
    }
    guard case .motion24Components = job.model.confounds else { return notes }
    if file.combinedComponents == nil {
      notes.append(
        "no description says of which tissues the columns a_comp_cor_* are components; the first were taken"
      )
    }
    if job.model.drift != .cosine(cutoff: 128) {
      notes.append(
        "the components a_comp_cor_* were found in data without periods longer than 128 s, and "
          + "the model's drift is another; use --drift cosine:128 with them"
      )
    }
    return notes
  }
}
