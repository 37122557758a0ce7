import Algebra
import BIDS
import Design
import Files
import Realignment

/// Returns named columns as tab-separated text, a row per volume.
///
/// - Parameters:
///   - names: The columns' names.
///   - columns: One list per column.
///   - unknownFirst: The columns whose first value is undefined, written `n/a`.
/// - Returns: The text, with a header.
private func separatedText(
  names: [String],
  columns: [[Double]],
  unknownFirst: Set<String> = []
) -> String {
  let rows = (columns.first ?? []).indices.map { row in
    zip(names, columns).map { name, values in
      row == 0 && unknownFirst.contains(name) ? "n/a" : number(values[row])
    }
  }
  return ([names] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
}

extension ConfoundsTable {
  /// The table as tab-separated text.
  var tsv: String {
    separatedText(names: names, columns: columns, unknownFirst: namesWithoutFirstValue)
  }
}

extension DesignMatrix {
  /// The matrix as tab-separated text; tabs and line ends in a column's name become spaces.
  var tsv: String {
    let plain = names.map { String($0.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
    return separatedText(names: plain, columns: names.indices.map(matrix.column))
  }
}

extension RunResult {
  /// What the confounds table's motion columns mean, as JSON.
  var motionDescription: String {
    if let files = run.preprocessed { return measuredBefore(files.program) }
    let numbers = [headCentre.x, headCentre.y, headCentre.z].map { fixed($0, digits: 6) }
    return """
      {
        "Convention": "x' = Rz Ry Rx (x - c) + c + t takes a point of the volume to the reference",
        "Frame": "scanner RAS+; translations in mm, rotations in rad; not MCFLIRT's frame",
        "Centre": [\(numbers.joined(separator: ", "))],
        "CentreMeaning": "c, the mean position of the brain's voxels in this reference, in mm",
        "Reference": "the mean of the realigned volumes of this run",
        "ComponentSource": "\(noiseSource)",
        "DVARS": "dvars is in the image's unit; fMRIPrep's is after scaling the run to a median of 1000",
        "StandardizedDVARS": "\(standardizedDVARS)",
        "RepetitionTime": \(number(repetitionTime)),
        "ReferenceTime": \(number(referenceTime)),
        "KeptVolumes": \(keptVolumes.count),
        "Volumes": \(motion.poses.count)
      }

      """
  }

  /// How `std_dvars` is formed, and where that differs from fMRIPrep.
  private var standardizedDVARS: String {
    "as fMRIPrep: the root mean square over voxels of the change, over the mean over voxels of the robust "
      + "standard deviation (interquartile range / 1.349) times sqrt(2 (1 - r)). Unlike there r, the "
      + "correlation of successive volumes, is 1 - (D / S)^2 / 2 by the interquartile ranges D of changes "
      + "and S of values in place of plain moments, and both are of volumes after the dummy scans whose "
      + "pose was found: broken and early volumes do not move the threshold"
  }

  /// That another program measured the columns, as JSON.
  private func measuredBefore(_ program: String) -> String {
    let name = program.map { $0 == "\"" || $0 == "\\" || $0.isNewline ? " " : $0 }
    return """
      {
        "Source": "\(String(name)): its columns, of which these were used or are shown in the report",
        "Convention": "that of the source; for motion the frame of FSL's MCFLIRT",
        "RepetitionTime": \(number(repetitionTime)),
        "ReferenceTime": \(number(referenceTime)),
        "KeptVolumes": \(keptVolumes.count),
        "Volumes": \(motion.poses.count)
      }

      """
  }
}
