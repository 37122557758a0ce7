/// A design that cannot be made, and why.
public enum DesignError: Error, Equatable, Sendable {
  /// The events lack the column that names the conditions, or a modulator's.
  case noColumn(path: String, column: String, found: [String])

  /// The events name no condition at all.
  case noConditions(path: String, column: String)

  /// An event of a condition has no duration.
  case noDuration(path: String, line: Int)

  /// A modulator's cell is neither a number nor missing.
  case notNumeric(path: String, line: Int, column: String, text: String)

  /// A modulator names a condition that the events do not have.
  case unknownCondition(path: String, condition: String, found: [String])

  /// A modulator has no number for any event of its condition, or of any condition.
  ///
  /// - following: How many events of the condition are followed by a row that has one.
  case noModulatorValues(path: String, column: String, condition: String?, following: Int)

  /// A modulator that is not centred lacks a value, which therefore has no neutral replacement.
  case missingUncentredValue(path: String, line: Int, column: String)

  /// Two names become the same alphanumeric label in file names.
  case sameFileLabel(first: String, second: String, label: String)

  /// A name holds no letter and no digit.
  case noFileLabel(name: String)

  /// Onsets do not count from the run's first volume, and nothing was asked to be done about it.
  case sharedClock(SharedClock)

  /// Onsets do not count from the run's first volume, and nothing tells from when.
  case noOffset(SharedClock)

  /// Onsets are so far apart that they must be in milliseconds.
  case milliseconds(path: String, lastOnset: Double, runEnd: Double)

  /// An event lasts far longer than its run.
  case lastsTooLong(path: String, line: Int, duration: Double, count: Int, runEnd: Double)

  /// Most events begin after the run's end.
  case mostPastEnd(path: String, count: Int, total: Int, runEnd: Double)

  /// The offsets that were given have no row for a run, or several.
  case offsetRows(run: String, count: Int)

  /// After the offset, no event lies within the run.
  case offsetMisses(
    path: String,
    offset: Double,
    firstOnset: Double,
    lastOnset: Double,
    runEnd: Double
  )

  /// A condition begins only after the run is over.
  case onsetsPastEnd(condition: String, firstOnset: Double, lastOnset: Double, runEnd: Double)

  /// A regressor is all but zero in every volume.
  case emptyRegressor(column: String, peak: Double)

  /// An event's onset, duration or amplitude is not a finite number.
  case notFinite(condition: String)

  /// The run is too short for any model.
  case tooFewVolumes(count: Int)

  /// Something that must have one value per volume has another number of them.
  case wrongLength(what: String, found: Int, expected: Int)

  /// Volumes that are said to be kept are not volumes of the run.
  case badKeptVolumes

  /// The repetition time is no length of time.
  case badRepetitionTime(Double)

  /// The frame times do not go up by about one repetition time per volume.
  case unevenFrameTimes

  /// The drift's cutoff or order leaves nothing to the stimuli.
  case badDrift(what: String)

  /// A response's delays are empty, negative or repeated.
  case badDelays([Int])

  /// A confound is not there.
  case noConfound(name: String, found: [String])

  /// There are fewer components of noise than asked for.
  case tooFewComponents(wanted: Int, found: Int)

  /// A confound's value is not a finite number; the volume is counted from 0.
  case confoundNotFinite(name: String, volume: Int)

  /// Two columns have one name.
  case duplicateColumn(name: String)

  /// A contrast cannot be understood.
  case contrast(name: String, problem: ContrastProblem)

  /// A contrast needs a regressor that follows from others over the kept volumes.
  case notEstimable(contrast: String, column: String, others: [String])

  /// A Stats Model does not fit a run; the place is that within the model's file.
  case statsModel(path: String, place: String, problem: StatsModelProblem)

  /// Censoring left too little of a contrast's regressor.
  case lostByCensoring(contrast: String, keptVarianceShare: Double)
}

/// What is wrong with a contrast's expression.
public enum ContrastProblem: Error, Equatable, Sendable {
  /// A row is empty.
  case empty

  /// A name is none of the design's.
  case unknownName(String, known: [String])

  /// Something stands where it has no meaning; the place is counted in characters from 1.
  case unexpected(String, place: Int)

  /// The expression stops too early.
  case unfinished

  /// Two conditions are multiplied, or one is divided by.
  case notLinear

  /// A number is added to conditions.
  case loneNumber

  /// A division by 0.
  case divisionByZero

  /// All weights of a row cancel; the row is counted from 1.
  case noWeight(row: Int)

  /// A row of an F contrast follows from the others.
  case dependentRows

  /// An expression is nested too deeply to be meant.
  case tooDeep
}
