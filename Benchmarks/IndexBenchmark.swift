import BIDS
import Files
import FoundationEssentials

/// How long it takes to know a dataset of 963 participants with two runs each.
///
/// The files lie in the system's cache, as they do when a dataset was just copied or listed.
enum IndexBenchmark: BenchmarkGroup {
  static let name = "index"
  static let note = "963 participants of two runs; the median of a few rounds, files in the cache"

  private static let participantCount = 963

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    let root = FileManager.default.temporaryDirectory.path() + "/nocinet-index-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    try writeTree(at: root)

    var (runCount, eventCount): (Int, Int) = (0, 0)
    let names = try medianSeconds { _ = try Dataset(root: root) }
    let whole = try medianSeconds {
      let dataset = try Dataset(root: root)
      runCount = 0
      for participant in dataset.participants {
        runCount += try dataset.runs(of: participant, tasks: ["pain"]).count
      }
    }
    let dataset = try Dataset(root: root)
    let events = try medianSeconds(rounds: 3) {
      eventCount = 0
      for participant in dataset.participants {
        for run in try dataset.runs(of: participant) {
          guard let path = run.eventsPath else { continue }
          eventCount += try EventTable(path: path).events.count
        }
      }
    }
    let prefix = "index.\(participantCount)"
    return [
      // Every run found, with its events and its merged sidecars.
      BenchmarkRow(name: "\(prefix).wall_s", value: whole, unit: "s"),
      BenchmarkRow(name: "\(prefix).names_s", value: names, unit: "s"),
      BenchmarkRow(name: "\(prefix).runs_and_events_s", value: events, unit: "s"),
      BenchmarkRow(name: "\(prefix).runs", value: Double(runCount), unit: "runs"),
      BenchmarkRow(name: "\(prefix).events", value: Double(eventCount), unit: "events"),
    ]
  }

  /// Writes a dataset as a scanner's converter leaves it, but with images of one byte.
  private static func writeTree(at root: String) throws {
    let sliceTimes = (0..<36).map { number(Double($0) / 18) }.joined(separator: ", ")
    let sidecar = """
      {"RepetitionTime": 2.0, "EchoTime": 0.03, "SliceTiming": [\(sliceTimes)],
       "Manufacturer": "Siemens", "ImageType": ["ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"],
       "PhaseEncodingDirection": "j-", "TotalReadoutTime": 0.0351, "FlipAngle": 77}
      """
    let events =
      "onset\tduration\ttrial_type\trating\n"
      + (0..<24).map { "\($0 * 20)\t8\t\($0 % 2 == 0 ? "heat" : "warm")\t\($0)\n" }.joined()
    try write("{\"Name\": \"index\", \"BIDSVersion\": \"1.9.0\"}", root, "dataset_description.json")
    try write("{\"TaskName\": \"pain\"}", root, "task-pain_bold.json")
    for index in 1...participantCount {
      let subject = "sub-" + String(String(10_000 + index).dropFirst())
      try write("x", root, "\(subject)/anat/\(subject)_T1w.nii.gz")
      for run in 1...2 {
        let stem = "\(subject)/func/\(subject)_task-pain_run-\(run)"
        try write("x", root, "\(stem)_bold.nii.gz")
        try write(sidecar, root, "\(stem)_bold.json")
        try write(events, root, "\(stem)_events.tsv")
      }
    }
  }

  private static func write(_ text: String, _ root: String, _ path: String) throws {
    let path = root + "/" + path
    let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
    try FileManager.default.createDirectory(
      atPath: String(folder),
      withIntermediateDirectories: true
    )
    // Plain writing: thousands of files need not survive a power cut.
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw CocoaError(.fileWriteUnknown)
    }
  }
}
