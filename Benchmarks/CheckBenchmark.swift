import BIDS
import Files
import FoundationEssentials
import Imaging
import Job
import NIfTI
import Survey

/// How long it takes to check a dataset of 394 participants with four runs each.
///
/// The files lie in the system's cache, as they do when a dataset was just copied or listed.
enum CheckBenchmark: BenchmarkGroup {
  static let name = "check"
  static let note =
    "394 participants of four runs of 300 volumes; the median of a few rounds, files in the cache"

  private static let participantCount = 394
  private static let runCount = 4

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    let root = FileManager.default.temporaryDirectory.path() + "/nocinet-check-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    try writeTree(at: root)

    var modelled = 0
    let seconds = try medianSeconds(rounds: 3) {
      let found = try survey(try Dataset(root: root), job: Job(dataset: root), threads: 2)
      modelled = found.modelledRunCount
    }
    let prefix = "check.\(participantCount)"
    return [
      BenchmarkRow(name: "\(prefix).wall_s", value: seconds, unit: "s"),
      BenchmarkRow(name: "\(prefix).modelled_runs", value: Double(modelled), unit: "runs"),
    ]
  }

  /// Writes a dataset with slice times, ratings and images of one voxel.
  private static func writeTree(at root: String) throws {
    let image = root + "/image.nii.gz"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    guard let grid = Grid(dimensions: [1, 1, 36], affine: .scaling([3, 3, 3], then: [0, 0, 0]))
    else {
      return
    }
    let series = ImageSeries(
      grid: grid,
      volumeCount: 300,
      encoding: .uint8,
      bytes: [UInt8](repeating: 1, count: 36 * 300)
    )
    try writeSeries(
      series,
      to: image,
      repetitionTime: 2,
      spaceIsTemplate: false,
      description: "check"
    )
    let bytes = try readBytes(image)
    try FileManager.default.removeItem(atPath: image)
    let sliceTimes = (0..<36).map { number(Double($0) / 18) }.joined(separator: ", ")
    let sidecar = Array("{\"RepetitionTime\": 2.0, \"SliceTiming\": [\(sliceTimes)]}".utf8)
    let events =
      "onset\tduration\ttrial_type\trating\n"
      + (0..<24).map { "\($0 * 24)\t8\t\($0 % 2 == 0 ? "heat" : "warm")\t\($0)\n" }.joined()
    try write(Array("{\"Name\": \"check\"}".utf8), root, "dataset_description.json")
    for index in 1...participantCount {
      let subject = "sub-" + String(String(10_000 + index).dropFirst())
      try write(bytes, root, "\(subject)/anat/\(subject)_T1w.nii.gz")
      for run in 1...runCount {
        let stem = "\(subject)/func/\(subject)_task-pain_run-\(run)"
        try write(bytes, root, "\(stem)_bold.nii.gz")
        try write(sidecar, root, "\(stem)_bold.json")
        try write(Array(events.utf8), root, "\(stem)_events.tsv")
      }
    }
  }

  private static func write(_ bytes: [UInt8], _ root: String, _ path: String) throws {
    let path = root + "/" + path
    let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
    try FileManager.default.createDirectory(
      atPath: String(folder),
      withIntermediateDirectories: true
    )
    // Plain writing: thousands of files need not survive a power cut.
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw CocoaError(.fileWriteUnknown)
    }
  }
}
