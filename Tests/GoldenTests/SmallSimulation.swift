import Atlas
import Files
import FoundationEssentials
import Imaging
import NIfTI
import TestData
import TestStudies

/// The small simulation of the shared data, analysed once for all tests, and its truth.
struct SmallSimulation {
  /// The folder of the results.
  let output: String

  /// What the program said.
  let outcome: Program.Outcome

  /// The simulated dataset.
  static var dataset: String { SharedData.root + "/sim/small" }

  /// The folder of the truth.
  static var truth: String { dataset + "/derivatives/groundtruth" }

  /// What every call asks, after the dataset and the output folder.
  ///
  /// The truth's own regressors hold at each volume's start (r .99996 with the design at reference time
  /// 0, .982 at TR/2), and the sidecars say nothing of slices, so the question does.
  static var question: [String] {
    [
      "participant", "--normalization", "none", "--space", "MNI152NLin6Asym",
      "--atlas", truth + "/atlas-pain_dseg.nii.gz:space=MNI152NLin6Asym",
      "--modulators", "pain_rating:heat_high,pain_rating:heat_low", "--modulator-scaling", "sd",
      "--slice-time-ref", "0",
    ]
  }

  /// The analysis of the data as they are.
  static let shared: Result<SmallSimulation, any Error> = Result {
    try SmallSimulation(of: dataset)
  }

  /// Analyses a dataset.
  ///
  /// - Parameters:
  ///   - dataset: The dataset; its folder stands beside that of the results in every call, so that
  ///     recorded paths are the same.
  ///   - more: More of what is asked.
  /// - Throws: The error of the call.
  init(of dataset: String, _ more: String...) throws {
    let folder = try ScratchFolder().path
    output = folder + "/results"
    outcome = try Program.run([dataset, output] + Self.question + more, wordsIn: folder)
  }

  /// The rows of the simulation's atlas.
  func rows() throws -> [RegionRow] {
    try RegionTable.read(output + "/sub-01/sub-01_atlas-pain_regions.csv")
  }

  /// The rows of one contrast in one run, or over the runs, by region.
  func rows(of contrast: String, run: String?) throws -> [String: RegionRow] {
    let matching = try rows().filter { $0.contrast == contrast && $0.run == run }
    return Dictionary(matching.map { ($0.region, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A map of one run.
  func map(of contrast: String, run: Int, _ statistic: String) throws -> Volume {
    let name =
      "sub-01_task-pain_run-\(run)_space-MNI152NLin6Asym_contrast-\(contrast)_stat-\(statistic)"
    return try readVolume("\(output)/sub-01/func/\(name)_statmap.nii.gz")
  }

  /// The true response of every voxel, in % of its own brightness.
  static func trueMap(_ contrast: String) throws -> Volume {
    try readVolume("\(truth)/sub-01/func/sub-01_contrast-\(contrast)_stat-psc_map.nii.gz")
  }

  /// The mean true response over each region's voxels, by the region's name.
  static func trueEffects(_ contrast: String) throws -> [String: Double] {
    let map = try trueMap(contrast)
    let labels = try readLabels(truth + "/atlas-pain_dseg.nii.gz").labels
    var sums: [Int32: (sum: Double, count: Double)] = [:]
    for (place, label) in labels.enumerated() where label > 0 {
      let sum = sums[label] ?? (0, 0)
      sums[label] = (sum.sum + Double(map.values[place]), sum.count + 1)
    }
    let table = try readText(truth + "/atlas-pain_dseg.tsv").split(separator: "\n")
    let columns = (table.first ?? "").split(separator: "\t")
    guard let index = columns.firstIndex(of: "index"), let name = columns.firstIndex(of: "name")
    else { return [:] }
    var effects: [String: Double] = [:]
    for line in table.dropFirst() {
      let cells = line.split(separator: "\t")
      guard let label = Int32(cells[index]), let sum = sums[label] else { continue }
      effects[String(cells[name])] = sum.sum / sum.count
    }
    return effects
  }
}
