import ArgumentParser
import BIDS
import Files
import FoundationEssentials
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
    self.job = job
    self.folders = folders
    self.machine = machine
    self.console = console
    dataset = try Dataset(root: folders.dataset)
    participants = try dataset.participants(job.selection.participants)
    try dataset.check(
      sessions: job.selection.sessions,
      tasks: job.selection.tasks,
      runs: job.selection.runs
    )
    digest = try writeDatasetFiles(of: job, from: dataset, to: folders.output)
  }

  /// Analyses every participant.
  ///
  /// - Throws: The exit code, where not all went well.
  func run() throws {
    var failures = 0
    for participant in participants {
      do {
        try analyze(participant)
      } catch let refusal as ParticipantLock.Refusal where participants.count == 1 {
        console.complain("\(refusal)")
        throw ExitCode.inUse
      } catch {
        failures += 1
        console.complain(sentence(for: error, about: participant))
        if machine.stopOnFirstCrash { break }
      }
    }
    guard failures > 0 else { return }
    let total = participants.count
    console.complain("\(failures) of \(total) participants failed, each is named above")
    throw failures == total ? ExitCode.nothingDone : ExitCode.someFailed
  }

  private func analyze(_ participant: String) throws {
    let output = folders.output
    let lock = try ParticipantLock(of: participant, in: output)
    defer { _ = lock }
    let work = try WorkFolder(below: machine.workFolder ?? output, for: participant)
    defer { work.remove() }
    let record = "\(output)/\(CompletionRecord.path(of: "sub-\(participant)"))"
    try? FileManager.default.removeItem(atPath: record)

    let result = try Participant.analyze(
      ParticipantRequest(
        job: job,
        dataset: dataset,
        participant: participant,
        outputFolder: output,
        workFolder: work.path,
        threads: machine.threadCount,
        progress: console.progress
      )
    )
    var outputs = try writeResults(result, to: output)
    for session in result.sessions {
      let name = session.reportName
      try writeAtomically(
        Array(try render(ParticipantReport(of: session, job: job, version: nocinetVersion)).utf8),
        to: "\(output)/\(name)"
      )
      outputs.append(name)
    }
    let completion = try CompletionRecord(
      participant: participant,
      version: nocinetVersion,
      job: digest,
      inputs: result.inputs,
      below: dataset.root,
      outputs: outputs,
      below: output
    )
    try writeAtomically(try completion.json, to: record)
    for note in result.sessions.flatMap(\.notes) { console.warn(note) }
    console.say("sub-\(participant): \(result.sessions.map(\.reportName).joined(separator: ", "))")
  }

  /// Returns one sentence about a failure, which starts with the file or the participant.
  private func sentence(for error: any Error, about participant: String) -> String {
    let words = "\(error)"
    return words.hasPrefix("sub-\(participant)") ? words : "sub-\(participant): \(words)"
  }
}
