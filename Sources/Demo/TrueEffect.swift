import BIDS
import Files

/// What is true about one participant, region and contrast.
public struct TrueEffect: Equatable, Sendable {
  /// The participant's label, without `sub-`.
  public var participant: String

  /// The participant's group.
  public var group: String

  /// The region's name in the pain network.
  public var region: String

  /// The contrast's name.
  public var contrast: String

  /// The effect, in % of the local baseline.
  public var effect: Double

  /// Creates a true effect.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, without `sub-`.
  ///   - group: The participant's group.
  ///   - region: The region's name.
  ///   - contrast: The contrast's name.
  ///   - effect: The effect, in % of the local baseline.
  public init(
    participant: String,
    group: String,
    region: String,
    contrast: String,
    effect: Double
  ) {
    self.participant = participant
    self.group = group
    self.region = region
    self.contrast = contrast
    self.effect = effect
  }

  private static let columns = ["participant_id", "group", "region", "contrast", "effect"]

  /// The table of `region_effects.tsv`.
  static func table(_ effects: [TrueEffect]) -> String {
    let rows = effects.map { row in
      [
        "sub-" + row.participant, row.group, row.region, row.contrast, fixed(row.effect, digits: 6),
      ].joined(separator: "\t")
    }
    return ([columns.joined(separator: "\t")] + rows).joined(separator: "\n") + "\n"
  }
}

/// Returns the true effects of a cohort that was made.
///
/// - Parameter folder: The folder `truth` of the cohort.
/// - Returns: One row for each participant, region and contrast.
/// - Throws: ``DemoError`` where the table cannot be read or a cell is no number.
public func readTruth(inFolder folder: String) throws(DemoError) -> [TrueEffect] {
  let table: Table
  let cells: [[String]]
  do throws(BIDSError) {
    table = try Table(path: folder + "/region_effects.tsv", separator: .tab)
    cells = [
      try table.requiredColumn("participant_id"), try table.requiredColumn("group"),
      try table.requiredColumn("region"), try table.requiredColumn("contrast"),
      try table.requiredColumn("effect"),
    ]
  } catch {
    throw .table(error)
  }
  var effects: [TrueEffect] = []
  for row in table.rows.indices {
    guard let effect = Double(cells[4][row]) else {
      throw .notANumber(path: table.path, line: table.lineNumbers[row])
    }
    effects.append(
      TrueEffect(
        participant: String(cells[0][row].trimmingPrefix("sub-")),
        group: cells[1][row],
        region: cells[2][row],
        contrast: cells[3][row],
        effect: effect
      )
    )
  }
  return effects
}
