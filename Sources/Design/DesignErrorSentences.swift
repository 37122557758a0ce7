extension DesignError: CustomStringConvertible {
  /// One sentence for the person who ran the command: where, what, what to try.
  public var description: String {
    eventsSentence ?? clockSentence ?? regressorSentence ?? otherSentence
  }

  private var eventsSentence: String? {
    switch self {
    case .noColumn(let path, let column, let found):
      found.isEmpty
        ? "\(path): there is no column \(column), nor any other beside onset and duration"
        : "\(path): there is no column \(column), only \(listed(found)); name one of these instead "
          + "(several conditions as present(a, b))"
    case .noConditions(let path, let column):
      "\(path): no event has a value in the column \(column); is it the column of the conditions?"
    case .noDuration(let path, let line):
      "\(path):\(line): the event has no duration; write its length in s, or 0 for a moment"
    case .notNumeric(let path, let line, let column, let text):
      "\(path):\(line): \(column) is \"\(text)\" where a number or n/a was expected"
    case .unknownCondition(let path, let condition, let found):
      "\(path): a modulator names the condition \(condition); the events have \(listed(found))"
    case .noModulatorValues(let path, let column, let condition, let following):
      "\(path): \(column) has no number for any event"
        + (condition.map { " of \($0)" } ?? "")
        + (following > 0
          ? ", but the rows after \(following) of them have one; use --modulator-source following"
          : "; modulate by another column")
    case .missingUncentredValue(let path, let line, let column):
      "\(path):\(line): \(column) has no value and is not centred, so no number is neutral; "
        + "centre it, or give the value"
    default: nil
    }
  }

  private var clockSentence: String? {
    switch self {
    case .sharedClock(let clock): clock.refusal
    case .noOffset(let clock): clock.uncertainty
    case .milliseconds(let path, let last, let end):
      "\(path): onsets go up to \(seconds(last)) and the run ends at \(seconds(end)) s; they look like "
        + "milliseconds, so write them in seconds"
    case .lastsTooLong(let path, let line, let duration, let count, let end):
      "\(path):\(line): the event lasts \(seconds(duration)) s and the run \(seconds(end)) s"
        + (count > 1 ? ", and so do \(count - 1) more" : "") + "; are the durations in seconds?"
    case .mostPastEnd(let path, let count, let total, let end):
      "\(path): \(count) of \(total) events begin after the run's end at \(seconds(end)) s; are they of "
        + "another run, or was the scan stopped early? Correct the file, or leave the run out with "
        + "--run-label"
    case .offsetRows(let run, let count):
      count == 0
        ? "\(run): the table of onset offsets has no row for this run; add one, with 0 where "
          + "its onsets are right"
        : "\(run): \(count) rows of the table of onset offsets mean this run; keep one"
    case .offsetMisses(let path, let offset, let first, let last, let end):
      "\(path): with \(seconds(offset)) s taken off, the onsets run from \(seconds(first)) to "
        + "\(seconds(last)) s, outside the run, which ends at \(seconds(end)) s; is the onset "
        + "offset right?"
    default: nil
    }
  }

  private var regressorSentence: String? {
    switch self {
    case .onsetsPastEnd(let condition, let first, let last, let end):
      "the onsets of \(condition) run from \(seconds(first)) to \(seconds(last)) s but the run "
        + "ends at \(seconds(end)) s; are they counted from the start of the session?"
    case .emptyRegressor(let column, let peak):
      "the regressor \(column) is all but zero in every volume (at most \(peak) of a unit "
        + "response), so nothing can be estimated from it; check its events"
    case .notFinite(let condition):
      "an onset, duration or amplitude of \(condition) is not a number; correct the events"
    case .sameFileLabel(let first, let second, let label):
      "\"\(first)\" and \"\(second)\" would both be called \(label) in file names; rename one"
    case .noFileLabel(let name):
      "\"\(name)\" has no letter and no digit to name a file by; rename it"
    case .duplicateColumn(let name):
      "two columns of the design are called \(name); rename the condition or the confound"
    case .notEstimable(let contrast, let column, let others):
      others.count == 1
        ? "contrast \(contrast) cannot be estimated, since over the kept volumes \(column) and "
          + "\(listed(others)) coincide; correct the events, or ask about their sum"
        : "contrast \(contrast) cannot be estimated, since over the kept volumes \(column) follows "
          + "from \(listed(others)); leave one of them out of the model, or ask about their sum"
    case .lostByCensoring(let contrast, let share):
      "censoring left \(percent(share)) % of the variance of the regressors of \(contrast), under "
        + "half; raise the threshold or leave the run out"
    default: nil
    }
  }

  private var otherSentence: String {
    switch self {
    case .tooFewVolumes(let count):
      "the run has \(count) volumes, too few for a model; leave it out"
    case .wrongLength(let what, let found, let expected):
      "\(what): \(found) values for \(expected) volumes; do they belong to this run?"
    case .badKeptVolumes:
      "the kept volumes must be volumes of the run, ascending, at least one"
    case .badRepetitionTime(let seconds):
      "a repetition time of \(seconds) s is not possible; correct the sidecar"
    case .unevenFrameTimes:
      "the times of the volumes do not go up by the repetition time; check slice and start times"
    case .badDrift(let what):
      "\(what); choose a slower drift"
    case .badDelays(let delays):
      "\(delays) cannot be the delays of a response; give each from 0 on once, in volumes"
    case .noConfound(let name, let found):
      "there is no confound \(name), only \(listed(found))"
    case .tooFewComponents(let wanted, let found):
      "\(wanted) components a_comp_cor_* of white matter and cerebrospinal fluid together were asked "
        + "for, and there \(found == 1 ? "is 1" : "are \(found)"); ask for fewer"
    case .confoundNotFinite(let name, let volume):
      "the confound \(name) is not a number at volume \(volume + 1); replace it, or leave it out"
    case .statsModel(let path, let place, let problem): "\(path): \(place) of the model: \(problem)"
    case .contrast(let name, let problem):
      "contrast \(name): \(problem)"
    default: "the design cannot be made"
    }
  }
}

extension ContrastProblem: CustomStringConvertible {
  /// The part of a sentence after the contrast's name.
  public var description: String {
    switch self {
    case .empty: "the expression, or a row of it, is empty"
    case .unknownName(let name, let known):
      "\(name) is not in the design, which has \(listed(known)); names that are not one plain "
        + "word stand in backticks"
    case .unexpected(let text, let place):
      "\"\(text)\" at character \(place) was not expected; names that are not one plain word "
        + "stand in backticks"
    case .unfinished: "the expression stops before it is complete"
    case .notLinear: "conditions can only be added, and multiplied or divided by numbers"
    case .loneNumber: "a number stands alone; multiply it with a condition"
    case .divisionByZero: "something is divided by 0"
    case .noWeight(let row): "the weights of row \(row) cancel out, so nothing is compared"
    case .dependentRows: "a row of the F contrast follows from the others; leave it out"
    case .tooDeep: "the parentheses are nested too deeply"
    }
  }
}

/// Returns names with commas between them, at most the first twelve.
func listed(_ names: [String]) -> String {
  guard !names.isEmpty else { return "none" }
  let rest = names.count > 12 ? " and \(names.count - 12) more" : ""
  return names.prefix(12).joined(separator: ", ") + rest
}

/// Returns a time with at most three decimals.
func seconds(_ value: Double) -> String {
  let rounded = (value * 1000).rounded() / 1000
  guard rounded == rounded.rounded(), abs(rounded) < 1e15 else { return "\(rounded)" }
  return "\(Int(rounded))"
}

/// Returns a share as a percentage with at most one decimal.
func percent(_ share: Double) -> String {
  seconds((share * 1000).rounded() / 10)
}
