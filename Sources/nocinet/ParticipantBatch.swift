import ArgumentParser
import Atlas
import BIDS
import Files
import Job
import Participant
import Provenance
import Report

/// The participants of a job, one after the other; one that fails does not stop the others.
struct ParticipantBatch {
  private let job: Job
  private let folders: Folders
  private let machine: MachineOptions
  private let console: Console
  private let dataset: Dataset
  private let preprocessed: PreprocessedDataset?
  private let phenotype: Phenotype?
  private let participants: [String]
  private let digest: String

  /// Opens the dataset and writes down the job.
  ///
  /// - Parameters:
  ///   - job: What was asked, with absolute paths.
  ///   - folders: The dataset and the output folder.
  ///   - machine: What this machine may use.
  ///   - console: Where words go.
  /// - Throws: The reason why nothing can be started.
  init(job: Job, folders: Folders, machine: MachineOptions, console: Console) throws {
    var job = job
    preprocessed = try job.derivatives.map { try PreprocessedDataset(folder: $0.folder) }
    if let preprocessed {
      job.normalization.space = try preprocessed.templateSpace(job.normalization.space)
      for note in preprocessed.notes { console.warn(note) }
    }
    self.job = job
    self.folders = folders
    self.machine = machine
    self.console = console
    dataset = try Dataset(root: folders.dataset)
    phenotype = try Self.phenotype(of: dataset, job: job, console: console)
    participants = try dataset.participants(job.selection.participants)
    try dataset.check(
      sessions: job.selection.sessions,
      tasks: job.selection.tasks,
      runs: job.selection.runs
    )
    _ = try loadAtlases(job.regions.atlases)
    try requireOwnFolder(folders)
    digest = try writeDatasetFiles(of: job, from: dataset, to: folders.output)
  }

  /// What tables say of the participants; the dataset's own may be broken where nothing is asked of it.
  private static func phenotype(
    of dataset: Dataset,
    job: Job,
    console: Console
  ) throws -> Phenotype? {
    do {
      let tables = try dataset.phenotype(
        with: job.phenotype.files,
        idColumn: job.phenotype.idColumn
      )
      for note in tables?.notes ?? [] { console.warn(note) }
      if job.laterality == .affected, !(tables?.columns.contains("affected_side") ?? false) {
        throw FolderRefusal.noAffectedSide(path: dataset.root)
      }
      return tables
    } catch let error as BIDSError where job.laterality == .stated && job.phenotype.files.isEmpty {
      console.warn("\(error); nothing of it was used")
      return nil
    }
  }

  /// Analyses every participant.
  ///
  /// - Throws: The exit code, where not all went well.
  func run() throws {
    var (failures, inUse, done) = (0, 0, 0)
    for participant in participants {
      do {
        try analyze(participant)
        done += 1
      } catch {
        failures += 1
        if case ParticipantLock.Refusal.inUse = error {
          inUse += 1
        } else {
          discardEmptyFolders(of: "sub-\(participant)", in: folders.output)
        }
        console.complain(sentence(for: error, about: participant))
        if machine.stopOnFirstCrash { break }
      }
    }
    if done > 0 { try writeCohortQuality(in: folders.output) }
    guard failures > 0 else { return }
    let total = participants.count
    console.complain("\(failures) of \(total) participants failed, each is named above")
    guard done == 0 else { throw ExitCode.someFailed }
    throw inUse == failures ? ExitCode.inUse : ExitCode.nothingDone
  }

  private func analyze(_ participant: String) throws {
    let output = folders.output
    let lock = try ParticipantLock(of: participant, in: output)
    defer { withExtendedLifetime(lock) {} }
    let work = try WorkFolder(below: machine.workFolder ?? output, for: participant)
    defer { work.remove() }
    try CompletionRecord.discardResults(of: "sub-\(participant)", in: output)

    let result = try Participant.analyze(
      ParticipantRequest(
        job: job,
        dataset: dataset,
        preprocessed: preprocessed,
        phenotype: phenotype,
        participant: participant,
        outputFolder: output,
        workFolder: work.path,
        threads: machine.threadCount,
        progress: console.progress
      )
    )
    try write(result)
    let across = result.acrossSessions
    for note in result.sessions.flatMap(\.notes) + (across?.notes ?? []) { console.warn(note) }
    let pages = [across?.reportName].compactMap(\.self) + result.sessions.map(\.reportName)
    console.say("sub-\(participant): \(pages.joined(separator: ", "))")
  }

  /// Writes maps, tables and pages, and last the record that says that all is there.
  private func write(_ result: ParticipantResult) throws {
    let output = folders.output
    var outputs = try writeResults(result, to: output)
    do {
      for session in result.sessions {
        let page = try render(ParticipantReport(of: session, job: job, version: nocinetVersion))
        try writeAtomically(page, to: "\(output)/\(session.reportName)")
        outputs.append(session.reportName)
      }
      if let across = result.acrossSessions {
        let page = try render(ParticipantReport(of: across, version: nocinetVersion))
        try writeAtomically(page, to: "\(output)/\(across.reportName)")
        outputs.append(across.reportName)
      }
      let completion = try CompletionRecord(
        participant: result.participant,
        version: nocinetVersion,
        instructionSet: InstructionSet.inUse,
        job: digest,
        inputs: result.inputs,
        below: dataset.root,
        outputs: outputs,
        below: output
      )
      let record = CompletionRecord.path(of: "sub-\(result.participant)")
      try writeAtomically(try completion.json, to: "\(output)/\(record)")
    } catch {
      discardFiles(outputs, in: output)
      throw error
    }
  }

  /// Returns one sentence about a failure, which starts with the file or the participant.
  private func sentence(for error: any Error, about participant: String) -> String {
    let words = "\(error)"
    return words.hasPrefix("sub-\(participant)") ? words : "sub-\(participant): \(words)"
  }
}
