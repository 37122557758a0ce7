public import ArgumentParser
public import Job

/// How a run's events become conditions and modulators.
struct EventOptions: ParsableArguments {
  @Option(
    help: """
      The events column that names the conditions, or present(COLUMN, ...): a condition of each \
      column that an event has a value in.
      """
  )
  var conditionColumn = "trial_type"

  @Option(help: "COLUMN:CONDITION or COLUMN, separated by commas: numbers that scale a response.")
  var modulators: [String] = []

  @Option(
    help: """
      What is subtracted from a modulator: its mean over the run, over the participant's runs of the \
      task (participant), or nothing (none).
      """
  )
  var modulatorCentring = Modulator.Centring.run

  @Option(help: "A modulator's unit: as it is (raw) or its standard deviation (sd).")
  var modulatorScaling = Modulator.Scaling.raw

  @Option(
    help: """
      Where a modulator's value stands: in the event's own row (own), or in the next row that has \
      one (following), as where a rating is an event of its own.
      """
  )
  var modulatorSource = Modulator.Source.own

  @Flag(
    help: """
      Take out of each modulator what its condition and the condition's modulators before it explain.
      """
  )
  var orthogonalizeModulators = false

  @Option(
    parsing: .unconditional,
    help: """
      What is taken off every onset: auto (where onsets count on from run to run), SECONDS, or \
      FILE, a table with participant_id, session, task or run, and offset in s.
      """
  )
  var onsetOffset: String?

  /// Sets what the options say about events.
  ///
  /// - Parameter model: The model to change.
  /// - Throws: The reason why an option cannot be used.
  func apply(to model: inout Model) throws {
    model.conditionColumn = conditionColumn
    model.modulators = try askedModulators
    model.onsetOffset = try onsetOffset.map(OnsetOffset.init(text:)) ?? .none
  }

  func validate() throws {
    _ = try askedModulators
    if conditionColumn.isEmpty { throw ValidationError("--condition-column needs a name") }
    if onsetOffset?.isEmpty ?? false {
      throw ValidationError("--onset-offset takes auto, SECONDS or FILE")
    }
  }

  private var askedModulators: [Modulator] {
    get throws { try modulators.flatMap { $0.split(separator: ",") }.map(modulator) }
  }

  private func modulator(_ text: Substring) throws -> Modulator {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let column = parts.first, !column.isEmpty, parts.last?.isEmpty == false else {
      throw ValidationError("--modulators takes COLUMN or COLUMN:CONDITION, not '\(text)'")
    }
    return Modulator(
      column: String(column),
      condition: parts.count == 2 ? String(parts[1]) : nil,
      centring: modulatorCentring,
      scaling: modulatorScaling,
      source: modulatorSource,
      isOrthogonalized: orthogonalizeModulators
    )
  }
}

extension Modulator.Centring: ExpressibleByArgument {}
extension Modulator.Scaling: ExpressibleByArgument {}
extension Modulator.Source: ExpressibleByArgument {}
