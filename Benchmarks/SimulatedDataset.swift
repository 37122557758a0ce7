import Demo
import Files
import FoundationEssentials
import NIfTI

/// A dataset of one simulated run, in a temporary folder.
///
/// With head motion, drift and AR(1) noise, and blocks of two conditions in turn. The blocks are not those that the simulated head responds to:
/// here only time is measured.
struct SimulatedDataset {
  /// What can keep the dataset from being made.
  enum Failure: Error {
    /// The simulated grid is impossible.
    case noGrid
  }

  /// The folder that holds the dataset and all results.
  let folder: String

  /// The time from one volume to the next, in s.
  let repetitionTime: Double

  /// The dataset's folder.
  var root: String { folder + "/bids" }

  /// The image of the run.
  var imagePath: String { stem + "_bold.nii.gz" }

  /// The events of the run.
  var eventsPath: String { stem + "_events.tsv" }

  private var stem: String { root + "/sub-01/func/sub-01_task-heat" }

  /// Simulates and writes.
  ///
  /// - Parameters:
  ///   - acquisition: How the run is measured, such as one of the usual size.
  ///   - threads: The number of threads; the files do not depend on it.
  /// - Throws: The error of the simulation or of a file.
  init(_ acquisition: SimulatedAcquisition? = .typical, threads: Int) throws {
    guard let acquisition else { throw Failure.noGrid }
    repetitionTime = acquisition.repetitionTime
    folder = FileManager.default.temporaryDirectory.path() + "/nocinet-run-\(UUID().uuidString)"
    try writeSeries(
      try simulateRun(acquisition, seed: 1, threads: threads),
      to: imagePath,
      repetitionTime: repetitionTime,
      spaceIsTemplate: true,
      description: "nocinet benchmark"
    )
    let length = Double(acquisition.volumeCount) * repetitionTime
    let blocks = (0..<Int(length / 32)).map {
      "\(8 + 30 * $0)\t12\t\($0 % 2 == 0 ? "heat" : "warm")\n"
    }
    try write("onset\tduration\ttrial_type\n" + blocks.joined(), to: eventsPath)
    try write(
      "{\"RepetitionTime\": \(repetitionTime), \"TaskName\": \"heat\"}\n",
      to: stem + "_bold.json"
    )
    let description = "{\"Name\": \"benchmark\", \"BIDSVersion\": \"1.9.0\"}\n"
    try write(description, to: root + "/dataset_description.json")
  }

  /// Removes the folder.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, to path: String) throws {
    try writeAtomically(Array(text.utf8), to: path)
  }
}
