import Atlas
import Design
import Files
import GLM
import Imaging
import Participant

extension ContrastSection {
  /// Sets out a contrast.
  ///
  /// - Parameters:
  ///   - estimate: The contrast.
  ///   - rows: Its rows of the region tables.
  ///   - background: The image behind its map.
  ///   - threshold: The smallest magnitude of z that passes.
  ///   - peaks: Its highest and lowest places.
  ///   - space: The name of the space of the map.
  init(
    of estimate: ContrastEstimate,
    rows: [RegionRow],
    background: Volume,
    threshold: Double?,
    peaks: [Peak],
    space: String
  ) {
    let isT = estimate.contrast.kind == .t
    self.init(
      name: estimate.contrast.name,
      expression: estimate.contrast.expression,
      unit: (rows.first?.unit ?? "").replacing("percent signal change", with: "% signal change"),
      background: background,
      statistic: estimate.z.volume,
      threshold: threshold,
      thresholdMeaning: "false discovery rate 5 % over the brain mask, "
        + (isT ? "two-sided" : "of the upper tail of F"),
      pictureSpace: space
    )
    self.peaks = peaks.map { peak in
      PeakLine(
        place: peak.place,
        z: peak.z,
        position: peak.template,
        nativePosition: peak.native
      )
    }
    regions = rows.map(RegionLine.init(of:))
    if !isT {
      notes = [
        "An F of \(estimate.degreesWords): the map shows the z of 0 or more that has its p, two-sided."
      ]
    }
    if let sum = estimate.contrast.weightSum, abs(sum - 1) > 1e-9 {
      notes = [
        "The positive weights sum to \(fixed(sum, digits: 3)): the effect is that sum, not a mean."
      ]
    }
  }
}

extension ContrastEstimate {
  /// The degrees of freedom of t, or both of F, in words.
  var degreesWords: String {
    (numeratorDegreesOfFreedom.map { NumberWords.degrees($0) + " and " } ?? "")
      + NumberWords.degrees(degreesOfFreedom) + " degrees of freedom"
  }

  /// The same of combined runs.
  var summedDegreesWords: String {
    degreesWords + (contrast.kind == .t ? ", the sum over runs" : ", the second the sum over runs")
  }
}

extension RegionLine {
  /// Sets out a row of a region table.
  fileprivate init(of row: RegionRow) {
    self.init(
      region: row.region,
      hemisphere: row.hemisphere.rawValue,
      voxels: row.voxels,
      coverage: row.coverage ?? .nan,
      effect: row.effect ?? .nan,
      standardError: row.standardError ?? .nan,
      t: row.t ?? .nan,
      degreesOfFreedom: row.degreesOfFreedom ?? .nan,
      p: row.p ?? .nan
    )
    f = row.f ?? .nan
    numeratorDegreesOfFreedom = row.numeratorDegreesOfFreedom
    atlas = row.atlas + (row.reference.map { ", named by \($0.words)" } ?? "")
    share = row.shareFDR05 ?? .nan
    peakZ = row.peakZ ?? .nan
    peakPosition = row.peak
    flags = row.flags.map(\.rawValue)
  }
}

extension SideReference {
  /// What contra and ipsi refer to, in words.
  var words: String {
    switch self {
    case .stimulus: "the stimulated side"
    case .affected: "the affected side"
    }
  }
}

extension Peak {
  /// The name of the first atlas that has the peak inside a region, else of the first near one.
  fileprivate var place: String {
    let named = regions.filter { $0 != "n/a" }
    return named.first { !$0.hasPrefix("near ") } ?? named.first ?? "outside every region"
  }
}
