import ArgumentParser
import BIDS
import Files
import Participant
import Report

/// A model tried on the runs of a dataset, participant by participant.
struct ModelTrial {
  /// Where words go.
  let console: Console

  /// Where the picture of the first run's design goes, if anywhere.
  let picture: String?

  /// The folder of the designs, if they are wanted.
  let designs: String?

  private var first: ModelPreview?
  private var fitting = (participants: 0, runs: 0)
  private var refusals = 0

  init(console: Console, picture: String?, designs: String?) {
    (self.console, self.picture, self.designs) = (console, picture, designs)
  }

  /// Takes a participant's designs.
  mutating func add(_ preview: ParticipantPreview) throws {
    for run in preview.runs {
      if first == nil {
        first = run
        describe(run)
      }
      fitting.runs += 1
      if let designs { try startingOrExit(console) { try write(run, to: designs) } }
      for question in run.questions where !question.warnings.isEmpty {
        for warning in question.warnings { console.warn("\(run.run.name): \(warning)") }
      }
    }
    fitting.participants += 1
    for refusal in preview.refusals {
      refuse(preview.runs.first?.run.subject ?? "", refusal)
    }
  }

  /// Remembers that the model does not fit a participant.
  mutating func refuse(_ participant: String, _ sentence: String) {
    refusals += 1
    console.complain("sub-\(participant): \(sentence)")
  }

  /// Says how many runs the model fits, and draws the first.
  func finish() throws {
    console.say(
      "the model was tried on \(fitting.runs) runs of \(fitting.participants) participants"
        + (refusals > 0 ? "; \(refusals) participants are in its way, each is named" : "")
    )
    if let picture, let first {
      try startingOrExit(console) {
        let page = try drawnDesign(
          DesignPicture(names: first.columns.map(\.name), columns: first.columns.map(\.values)),
          of: first.run.name
        )
        try writeAtomically(page ?? "", to: picture)
      }
      console.say("picture: \(picture)")
    }
    if refusals > 0 { throw ExitCode.someFailed }
  }

  /// Says what the design of a run is made of.
  private func describe(_ run: ModelPreview) {
    let source = run.isLengthGuessed ? ", guessed from the last event" : ""
    console.say(
      "\(run.run.name): \(run.volumeCount) volumes of \(number(run.repetitionTime)) s\(source)"
    )
    for column in run.columns where column.words != "drift" {
      let peak = column.values.reduce(0) { max($0, abs($1)) }
      console.say("  \(column.name): \(column.words), peak \(fixed(peak, digits: 3))")
    }
    let drifts = run.columns.count { $0.words == "drift" }
    if drifts > 0 { console.say("  \(drifts) columns of drift") }
    for question in run.questions {
      console.say("  \(question.test) \(question.name) = \(question.expression)")
    }
    for note in run.notes { console.say("  note: \(note)") }
  }

  private func write(_ run: ModelPreview, to folder: String) throws {
    let header = run.columns.map(\.name).joined(separator: "\t")
    let rows = (0..<run.volumeCount).map { volume in
      run.columns.map { number($0.values[volume]) }.joined(separator: "\t")
    }
    let text = ([header] + rows).map { $0 + "\n" }.joined()
    try writeAtomically(text, to: "\(folder)/\(run.run.name)_design.tsv")
  }
}
