import Algebra
public import BIDS
import Design
public import Job
import NIfTI

/// A run's design as far as it is known before its motion is: without confounds.
public struct ModelPreview: Sendable {
  /// A column of the design.
  public struct Column: Sendable {
    /// Its name.
    public let name: String

    /// What it stands for, in a few words.
    public let words: String

    /// One value per volume.
    public let values: [Double]
  }

  /// A question, and how well the design answers it.
  public struct Question: Sendable {
    /// Its name.
    public let name: String

    /// `t` or `F`.
    public let test: String

    /// What is asked.
    public let expression: String

    /// What a reader should mind.
    public let warnings: [String]
  }

  /// The run.
  public let run: Entities

  /// The number of volumes.
  public let volumeCount: Int

  /// The time from one volume to the next, in s.
  public let repetitionTime: Double

  /// Whether the number of volumes was guessed from the last event, since there is no image.
  public let isLengthGuessed: Bool

  /// The columns.
  public let columns: [Column]

  /// The questions that the run answers.
  public let questions: [Question]

  /// What was noticed.
  public let notes: [String]
}

/// The designs of a participant's runs.
public struct ParticipantPreview: Sendable {
  /// One per run that has events.
  public let runs: [ModelPreview]

  /// Questions and variables that none of the runs has, and why.
  public let refusals: [String]
}

/// How long after the last event a run is taken to go on where there is no image, in s.
private let guessedTail = 16.0

/// Makes the designs of a participant's runs from their events, as an analysis would before motion.
///
/// - Parameters:
///   - job: What is asked.
///   - participant: The participant, without `sub-`.
///   - dataset: The dataset.
/// - Returns: The designs.
/// - Throws: The first error of a run's files, events or design.
public func previewModel(
  _ job: Job,
  of participant: String,
  in dataset: Dataset
) throws -> ParticipantPreview {
  let selection = job.selection
  let labels = try? dataset.runs(
    of: participant,
    sessions: selection.sessions,
    tasks: selection.tasks,
    runs: selection.runs
  )
  let present = labels ?? []
  let absent = try dataset.runsWithoutImage(of: participant).filter { run in
    selection.tasks.isEmpty || run.entities.task.map(selection.tasks.contains) ?? false
  }
  let runs = (present + absent).filter { $0.eventsPath != nil }
  guard !runs.isEmpty else { throw ParticipantError.noEvents(participant: participant) }
  let read = try runs.map { run in try naming(run) { try PreviewedRun(run) } }
  let plan = try EventPlan(of: read.map(\.events), model: job.model)
  var previews: [ModelPreview] = []
  var sum = RehearsalSum()
  for run in read {
    previews.append(try naming(run.run) { try run.preview(job, plan, &sum) })
  }
  return ParticipantPreview(runs: previews, refusals: sum.refusal.map { ["\($0)"] } ?? [])
}

/// A run's events and length.
private struct PreviewedRun {
  let run: Run
  let events: RunEvents
  let volumeCount: Int
  let repetitionTime: Double
  let isGuessed: Bool

  init(_ run: Run) throws {
    guard let path = run.eventsPath else {
      throw ParticipantError.noEvents(participant: run.entities.subject)
    }
    let header = run.image == .present ? try readHeader(run.imagePath) : nil
    let time = try BIDS.repetitionTime(
      sidecar: run.sidecar.repetitionTime,
      header: header?.repetitionTime,
      path: run.imagePath
    )
    let table = try EventTable(path: path)
    let last = table.events.map { $0.onset + ($0.duration.isFinite ? $0.duration : 0) }.max() ?? 0
    let guessed = ((last + guessedTail) / time.seconds).rounded(.up)
    self.run = run
    volumeCount = header?.volumeCount ?? Int(min(max(guessed, 2), 100_000))
    repetitionTime = time.seconds
    isGuessed = header == nil
    events = RunEvents(
      run: run.entities,
      table: table,
      runEnd: Double(volumeCount) * time.seconds,
      repetitionTime: time.seconds
    )
  }

  func preview(_ job: Job, _ plan: EventPlan, _ sum: inout RehearsalSum) throws -> ModelPreview {
    let rehearsed = try RehearsedRun(
      of: run,
      volumeCount: volumeCount,
      repetitionTime: repetitionTime,
      in: plan,
      job: job
    )
    sum.add(rehearsed)
    return ModelPreview(
      run: run.entities,
      volumeCount: volumeCount,
      repetitionTime: repetitionTime,
      isLengthGuessed: isGuessed,
      columns: rehearsed.columns,
      questions: zip(rehearsed.asked.contrasts, rehearsed.checks).map { contrast, check in
        ModelPreview.Question(
          name: contrast.name,
          test: contrast.kind == .t ? "t" : "F",
          expression: contrast.expression,
          warnings: check.warnings
        )
      },
      notes: rehearsed.terms.notes + rehearsed.design.notes
    )
  }
}

extension RehearsedRun {
  /// The columns with their meaning in words.
  fileprivate var columns: [ModelPreview.Column] {
    design.columns.enumerated().map { place, column in
      ModelPreview.Column(
        name: column.name,
        words: words(for: column),
        values: design.matrix.column(place)
      )
    }
  }

  private func words(for column: DesignColumn) -> String {
    let condition = terms.conditions.first { $0.name == column.name }
    let events = condition.map { "\($0.onsets.count) events" }
    return switch column.role {
    case .stimulus: events ?? "events"
    case .modulator: "\(events ?? "events"), amplitudes of their own"
    case .derivative(let name): "derivative of \(name)"
    case .delay(let name, let volumes): "\(name), \(volumes) volumes later"
    case .confound: "confound"
    case .drift: "drift"
    case .constant: "constant"
    }
  }
}
