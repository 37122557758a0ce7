import Atlas
import Files
public import Imaging
import NIfTI
import Statistics

/// A cohort to make.
public struct DemoRequest: Sendable {
  /// The folder that takes `bids` and `truth`.
  public var folder: String

  /// The number of participants of each of the three groups.
  public var participantsPerGroup = 6

  /// The number of runs of each participant.
  public var runsPerParticipant = 1

  /// The seed of all that is drawn.
  public var seed: UInt64 = 1

  /// The number of threads; the files do not depend on it.
  public var threads = 1

  /// Creates a request.
  ///
  /// - Parameter folder: The folder that takes `bids` and `truth`.
  public init(folder: String) { self.folder = folder }

  /// The folder of the dataset.
  public var datasetFolder: String { folder + "/bids" }

  /// The folder of what is known about it.
  public var truthFolder: String { folder + "/truth" }
}

/// Writes a cohort with fibromyalgia, with CRPS, and of controls, and the truth beside it.
///
/// The dataset is in MNI152NLin6Asym already, to be analysed with `--normalization none`. The heads
/// are drawn from geometry; their responses, motion, drift and noise are drawn from the seed. The
/// dataset's own description is written last, so that half a cohort is no dataset.
///
/// - Parameter request: The cohort.
/// - Throws: ``DemoError`` where a number is impossible, something is at the place already, or a
///   file cannot be written.
public func makeDemoCohort(_ request: DemoRequest) throws(DemoError) {
  guard request.participantsPerGroup > 0 else {
    throw .impossible(what: "the number of participants", value: request.participantsPerGroup)
  }
  guard request.runsPerParticipant > 0 else {
    throw .impossible(what: "the number of runs", value: request.runsPerParticipant)
  }
  for folder in [request.datasetFolder, request.truthFolder] where exists(folder) {
    throw .alreadyThere(path: folder)
  }
  let regions = try painRegions()
  let activation = try Activation(regions)
  let shares = activation.meanShares()
  var generator = SeededGenerator(seed: request.seed)
  var participants: [DemoParticipant] = []
  var truth: [TrueEffect] = []
  for (place, group) in groupOrder(request.participantsPerGroup).enumerated() {
    let participant = DemoParticipant(
      number: place + 1,
      group: group,
      effects: DemoEffects(regions: regions, group: group, generator: &generator),
      generator: &generator
    )
    try participant.writeRuns(request, activation)
    truth += participant.trueEffects(regions: regions.map(\.name), shares: shares)
    participants.append(participant)
  }
  do throws(FileError) {
    let path = request.truthFolder + "/region_effects.tsv"
    try writeAtomically(TrueEffect.table(truth), to: path)
    try writeAtomically(DemoTexts.aboutTruth, to: request.truthFolder + "/README")
    try writeDescription(of: participants, to: request.datasetFolder)
  } catch {
    throw .file(error)
  }
}

/// Returns one run of a control, made like those of the cohort.
///
/// - Parameters:
///   - acquisition: How it is measured.
///   - seed: The seed of all that is drawn.
///   - threads: The number of threads; the run does not depend on it.
/// - Returns: The run, in int16.
/// - Throws: ``DemoError`` where the built-in atlas cannot be used.
public func simulateRun(
  _ acquisition: SimulatedAcquisition,
  seed: UInt64,
  threads: Int
) throws(DemoError) -> ImageSeries {
  let regions = try painRegions()
  var generator = SeededGenerator(seed: seed)
  let effects = DemoEffects(regions: regions, group: .control, generator: &generator)
  let activation = try Activation(regions)
  let run = SimulatedRun(acquisition, activation: activation, effects: effects, seed: seed)
  return run.measured(threads: threads)
}

private func painRegions() throws(DemoError) -> [Region] {
  do throws(AtlasError) {
    return try loadAtlas("pain-network").regions
  } catch {
    throw .atlas(error)
  }
}

/// The groups in turn, so that a few participants are a cohort too.
private func groupOrder(_ perGroup: Int) -> [DemoGroup] {
  (0..<perGroup).flatMap { _ in DemoGroup.allCases }
}

private func writeDescription(
  of participants: [DemoParticipant],
  to folder: String
) throws(FileError) {
  let rows = participants.map(\.row)
  let table = (["participant_id\tgroup\tage\tsex"] + rows).joined(separator: "\n") + "\n"
  try writeAtomically(table, to: folder + "/participants.tsv")
  try writeAtomically(DemoTexts.participantColumns, to: folder + "/participants.json")
  try writeAtomically(DemoTexts.aboutDataset, to: folder + "/README")
  try writeAtomically(DemoTexts.eventColumns, to: folder + "/task-heat_events.json")
  try writeAtomically(DemoTexts.description, to: folder + "/dataset_description.json")
}

/// Whether anything is at a path.
private func exists(_ path: String) -> Bool {
  do throws(FileError) {
    _ = try byteCount(ofFile: path)
    return true
  } catch {
    return error.reason != .missing
  }
}
