import Files
import Glibc
import Imaging
import NIfTI

/// A small study as fMRIPrep leaves it: images in a template, brain masks, confounds; beside it the raw
/// dataset with events and empty images.
///
/// The files are called and filled as fMRIPrep 20.2 does, whose output for ds000001 is published. The
/// waves of the confounds are made up; one of them can be in every voxel.
public struct PreparedStudy: Sendable {
  /// The study.
  public var study: SmallStudy

  /// The confound that is in every voxel, and by how many percent of its brightness.
  public var nuisance: (column: String, percent: Double)?

  /// The number of volumes at the start that are far too bright, and named so in the confounds.
  public var unsteadyCount = 0

  /// The sidecar of the images.
  public var sidecar: String

  /// The label of the runs' resolution.
  public var resolution = "2"

  /// Creates a study whose slices are all at one time.
  ///
  /// - Parameter startTime: That time, in s after the start of a volume.
  public init(startTime: Double = 0.975) {
    study = SmallStudy()
    study.sliceTimes = Array(repeating: startTime, count: SmallStudy.sliceCount)
    sidecar =
      "{\"RepetitionTime\": \(study.repetitionTime), \"StartTime\": \(startTime), "
      + "\"SliceTimingCorrected\": true, \"SkullStripped\": false, \"TaskName\": \"heat\"}"
  }

  /// The space that the images lie in.
  public static let space = "MNI152NLin6Asym"

  /// Writes both datasets: `study`, and `prepared` beside it.
  ///
  /// - Parameter folder: The folder they are made in.
  /// - Throws: The error of a file that cannot be written.
  public func write(to folder: String) throws {
    let description = #"{"Name": "small study", "BIDSVersion": "1.10.0"}"#
    try writeAtomically(description, to: folder + "/study/dataset_description.json")
    let prepared = """
      {"Name": "fMRIPrep", "BIDSVersion": "1.4.0", "DatasetType": "derivative",
       "GeneratedBy": [{"Name": "fMRIPrep", "Version": "20.2.0"}]}
      """
    try writeAtomically(prepared, to: folder + "/prepared/dataset_description.json")
    for (seed, participant) in study.participants.enumerated() {
      for (place, session) in study.sessions.enumerated() {
        for run in 1...study.runs {
          // The zeros in front of the raw run's label are lost, as fMRIPrep 20.2 loses them.
          let label = study.runs > 1 ? run : nil
          let stem = study.stem(of: participant, session: session, run: label)
          let raw = folder + "/study/" + stem.replacing("_run-", with: "_run-0")
          try writeAtomically([], to: raw + "_bold.nii.gz")
          try writeAtomically(study.eventsText, to: raw + "_events.tsv")
          try writeRun(folder + "/prepared/" + stem, seed: UInt64(seed * 100 + place * 10 + run))
        }
      }
    }
  }

  /// Returns the path of a prepared run's file from the folder of both on.
  ///
  /// - Parameters:
  ///   - ending: Such as `desc-preproc_bold.nii.gz`.
  ///   - run: The run, where there are several.
  ///   - inSpace: Whether its name holds space and resolution.
  /// - Returns: The path.
  public func path(_ ending: String, run: Int? = nil, inSpace: Bool = true) -> String {
    let space = inSpace ? "_space-\(Self.space)_res-\(resolution)" : ""
    return "prepared/\(study.stem(of: study.participants[0], run: run))\(space)_\(ending)"
  }

  private func writeRun(_ stem: String, seed: UInt64) throws {
    var study = study
    let confounds = confounds
    study.wholeHead = (0..<study.volumeCount).map { volume in
      let wave = nuisance.flatMap { confounds[$0.column]?[volume] } ?? 0
      return (nuisance?.percent ?? 0) * wave + (volume < unsteadyCount ? 40 : 0)
    }
    let series = study.series(seed: seed)
    let named = "\(stem)_space-\(Self.space)_res-\(resolution)_desc-"
    try writeSeries(
      series,
      to: named + "preproc_bold.nii.gz",
      repetitionTime: study.repetitionTime,
      spaceIsTemplate: true,
      description: "small study"
    )
    try writeAtomically(sidecar, to: named + "preproc_bold.json")
    try writeVolume(
      Volume(
        grid: series.grid,
        values: series.volume(series.volumeCount - 1).values.map { $0 > 1200 ? 1 : 0 }
      ),
      to: named + "brain_mask.nii.gz",
      spaceIsTemplate: true,
      description: "brain",
      encoding: .int16
    )
    try writeAtomically([], to: "\(stem)_space-T1w_desc-preproc_bold.nii.gz")
    try writeAtomically(tableText(confounds), to: stem + "_desc-confounds_timeseries.tsv")
    try writeAtomically(descriptionText, to: stem + "_desc-confounds_timeseries.json")
  }
}

// What the table of confounds holds.
extension PreparedStudy {
  /// The tissues of the components, in the order of their columns.
  private static let tissues =
    Array(repeating: "CSF", count: 3) + Array(repeating: "WM", count: 3)
    + Array(repeating: "combined", count: 6)

  private static let motion = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"]

  /// The columns by name; NaN is `n/a`.
  private var confounds: [String: [Double]] {
    var columns: [String: [Double]] = [:]
    for (place, name) in (["csf", "white_matter", "global_signal"] + Self.motion).enumerated() {
      let values = wave(place)
      let change = [.nan] + zip(values.dropFirst(), values).map { $0 - $1 }
      columns[name] = values
      columns[name + "_derivative1"] = change
      columns[name + "_power2"] = values.map { $0 * $0 }
      columns[name + "_derivative1_power2"] = change.map { $0 * $0 }
    }
    columns["framewise_displacement"] = [.nan] + wave(20).dropFirst().map { 0.1 + 0.05 * $0 }
    columns["std_dvars"] = [.nan] + wave(21).dropFirst()
    for place in Self.tissues.indices { columns[componentName(place)] = wave(30 + place) }
    columns["cosine00"] = wave(50)
    for volume in 0..<unsteadyCount {
      columns["non_steady_state_outlier0\(volume)"] = (0..<study.volumeCount).map {
        $0 == volume ? 1 : 0
      }
    }
    return columns
  }

  private func componentName(_ place: Int) -> String {
    "a_comp_cor_" + (place < 10 ? "0" : "") + "\(place)"
  }

  /// A wave of a frequency and a phase of its own.
  private func wave(_ place: Int) -> [Double] {
    (0..<study.volumeCount).map { volume in
      sin(Double(volume) * (0.31 + 0.047 * Double(place)) + 1.7 * Double(place))
    }
  }

  private func tableText(_ columns: [String: [Double]]) -> String {
    let names = columns.keys.sorted()
    let rows = (0..<study.volumeCount).map { volume in
      names.map { name in
        let value = columns[name]?[volume] ?? .nan
        return value.isNaN ? "n/a" : "\(value)"
      }
    }
    return ([names] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private var descriptionText: String {
    let members = Self.tissues.enumerated().map { place, tissue in
      #"  "\#(componentName(place))": {"Mask": "\#(tissue)", "Method": "aCompCor", "Retained": true}"#
    }
    return "{\n" + members.joined(separator: ",\n") + "\n}\n"
  }
}
