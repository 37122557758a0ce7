/// A contrast as the template wants it.
struct ContrastView {
  let name: String
  let expression: String
  let sentence: String
  let hasNotes: Bool
  let notes: [String]
  let montage: String?
  let montageCaption: String
  let regions: [TableView]
  let peaks: TableView?

  /// Draws and words a contrast.
  ///
  /// - Parameters:
  ///   - section: The contrast.
  ///   - space: The space of template coordinates.
  ///   - pictureWidth: The largest number of pixels of a slice along x or y.
  /// - Throws: ``ReportError`` where memory is short.
  init(_ section: ContrastSection, space: String, pictureWidth: Double) throws(ReportError) {
    name = section.name
    expression = section.expression
    sentence = answer(of: section)
    hasNotes = !section.notes.isEmpty
    notes = section.notes
    if let statistic = section.statistic {
      let montage = AxialMontage(
        background: section.background,
        statistic: statistic,
        threshold: section.threshold,
        largestWidth: pictureWidth
      )
      self.montage = try drawMontage(montage, of: section)
    } else {
      montage = nil
    }
    let shown = section.threshold.map {
      "Voxels with |z| of at least \(NumberWords.decimal($0, 2)) (\(section.thresholdMeaning))"
    }
    montageCaption =
      "\(shown ?? "No voxel passed \(section.thresholdMeaning)"): warm colours above, cool colours "
      + "below zero, on axial slices. Left is left, front is up."
    regions = regionTables(of: section)
    peaks = peakTable(of: section, space: space)
  }
}

/// What a contrast's map shows, in a sentence.
func answer(of section: ContrastSection) -> String {
  guard let threshold = section.threshold else {
    return "No voxel passed \(section.thresholdMeaning)."
  }
  let limit = "|z| ≥ \(NumberWords.decimal(threshold, 2)) (\(section.thresholdMeaning))"
  guard let peak = section.peaks.max(by: { $0.z.magnitude < $1.z.magnitude }) else {
    return "Shown from \(limit)."
  }
  let place = peak.place.isEmpty ? "" : "\(peak.place), "
  let position =
    peak.position.map { "at \(NumberWords.position($0)) mm" }
    ?? "at \(NumberWords.position(peak.nativePosition)) mm in scanner space"
  return
    "Strongest: \(place)z = \(NumberWords.decimal(peak.z, 2)) \(position); shown from \(limit)."
}

private func peakTable(of section: ContrastSection, space: String) -> TableView? {
  guard !section.peaks.isEmpty else { return nil }
  return TableView(
    ReportTable(
      caption: "Peaks of the map, at least at \(section.thresholdMeaning).",
      columns: [
        .init("Place"), .init("z", isNumeric: true), .init("\(space) x, y, z", isNumeric: true),
        .init("Scanner x, y, z", isNumeric: true), .init("Cluster, voxels", isNumeric: true),
      ],
      rows: section.peaks.map { peak in
        [
          peak.place.isEmpty ? "—" : peak.place, NumberWords.decimal(peak.z, 2),
          NumberWords.position(peak.position), NumberWords.position(peak.nativePosition),
          peak.clusterVoxels.map { "\($0)" } ?? "n/a",
        ]
      }
    )
  )
}
