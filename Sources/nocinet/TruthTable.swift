import Atlas
import Demo
import Files
import Report

/// Returns how close the estimates came to what was drawn, as a table for the demo's page.
///
/// - Parameters:
///   - rows: The region rows of all participants.
///   - truth: What was drawn.
/// - Returns: One line per contrast, then one per group difference.
func truthTable(of rows: [RegionRow], truth: [TrueEffect]) -> ReportTable {
  let combined = Set(rows.filter { $0.run == nil }.map(\.participantID))
  let estimates = rows.compactMap { row -> EstimatedEffect? in
    guard row.run == nil || !combined.contains(row.participantID), let effect = row.effect,
      let error = row.standardError, let df = row.degreesOfFreedom
    else { return nil }
    return EstimatedEffect(
      participant: row.participantID.without(prefix: "sub-"),
      region: row.region,
      contrast: row.contrast,
      effect: effect,
      standardError: error,
      degreesOfFreedom: df
    )
  }
  return ReportTable(
    caption: "Estimates against the truth that the demo drew, over participants and regions: "
      + "a perfect tool has slope 1, no mean error, and intervals that hold the truth in 95 % of cases",
    columns: [
      .init("Contrast"), .init("Estimates", isNumeric: true), .init("Slope", isNumeric: true),
      .init("Correlation", isNumeric: true), .init("RMS error, % signal", isNumeric: true),
      .init("Mean error, % signal", isNumeric: true),
      .init("95 % intervals with the truth", isNumeric: true),
    ],
    rows: compareWithTruth(estimates, truth: truth).map { line in
      [line.contrast, "\(line.count)"]
        + [
          line.slope, line.correlation, line.rootMeanSquareError, line.meanError, line.coverage,
        ]
        .map { fixed($0, digits: 3) }
    }
  )
}
