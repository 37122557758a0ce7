import Demo
import Files
import FoundationEssentials
import NIfTI

/// A dataset of one simulated run of the usual size, in a temporary folder.
///
/// 64 × 64 × 36 voxels of 3 mm and 240 volumes of 2 s, with head motion, drift and AR(1) noise, and
/// blocks of two conditions in turn. The blocks are not those that the simulated head responds to:
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
  let repetitionTime = 2.0

  /// The dataset's folder.
  var root: String { folder + "/bids" }

  /// The image of the run.
  var imagePath: String { stem + "_bold.nii.gz" }

  /// The events of the run.
  var eventsPath: String { stem + "_events.tsv" }

  private var stem: String { root + "/sub-01/func/sub-01_task-heat" }

  /// Simulates and writes.
  ///
  /// - Parameter threads: The number of threads; the files do not depend on it.
  /// - Throws: The error of the simulation or of a file.
  init(threads: Int) throws {
    folder = FileManager.default.temporaryDirectory.path() + "/nocinet-run-\(UUID().uuidString)"
    guard let acquisition = SimulatedAcquisition.typical else { throw Failure.noGrid }
    try writeSeries(
      try simulateRun(acquisition, seed: 1, threads: threads),
      to: imagePath,
      repetitionTime: repetitionTime,
      spaceIsTemplate: true,
      description: "nocinet benchmark"
    )
    let blocks = (0..<15).map { "\(8 + 30 * $0)\t12\t\($0 % 2 == 0 ? "heat" : "warm")\n" }
    try write("onset\tduration\ttrial_type\n" + blocks.joined(), to: eventsPath)
    try write("{\"RepetitionTime\": 2.0, \"TaskName\": \"heat\"}\n", to: stem + "_bold.json")
    let description = "{\"Name\": \"benchmark\", \"BIDSVersion\": \"1.9.0\"}\n"
    try write(description, to: root + "/dataset_description.json")
  }

  /// Removes the folder.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, to path: String) throws {
    try writeAtomically(Array(text.utf8), to: path)
  }
}
