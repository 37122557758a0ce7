/// Why a Stats Model cannot be carried out with a run's events.
public enum StatsModelProblem: Error, Equatable, Sendable {
  /// A variable is not there.
  case unknownVariable(String, found: [String])

  /// A pattern matches nothing.
  case noMatch(String, found: [String])

  /// A confound, or a pattern of them, is not there.
  case noConfound(String, found: [String])

  /// A variable holds texts where numbers are needed.
  case notNumeric(String)

  /// A variable that was convolved is transformed.
  case alreadyConvolved(String)

  /// A confound is used as if it were events.
  case notEvents(String)

  /// A variable of events is a column of the design without a response.
  case notConvolved(String)

  /// A variable does not vary, so it has no standard deviation.
  case constant(String)

  /// Two variables do not have the same events.
  case misaligned(String, String)

  /// An event has no value, on a line of the events file.
  case missingValue(String, line: Int)

  /// A confound has no value at some volume.
  case missingVolume(String)

  /// The number of outputs is not that of the variables found.
  case outputCount(names: Int, variables: Int)

  /// A level is not among those of a variable.
  case unknownLevel(String, of: String, found: [String])

  /// A derivative is a column of the design without what it is the derivative of.
  case lonelyDerivative(String)

  /// An onset or a duration would not be a number from 0 on.
  case badTime(String, line: Int)
}

extension StatsModelProblem: CustomStringConvertible {
  /// The part of a sentence after the place.
  public var description: String {
    switch self {
    case .unknownVariable(let name, let found):
      "there is no variable \(name); the run has \(listed(found))"
    case .noMatch(let pattern, let found):
      "\(pattern) matches no variable; the run has \(listed(found))"
    case .noConfound(let name, let found):
      "there is no confound \(name), only \(listed(found))"
    case .notNumeric(let name):
      "\(name) holds words where numbers are needed; make indicators of them with Factor first"
    case .alreadyConvolved(let name):
      "\(name) is convolved already; transform it before Convolve"
    case .notEvents(let name): "\(name) is a confound, which has no events"
    case .notConvolved(let name):
      "\(name) is not convolved; name it in a Convolve instruction or in Model.HRF.Variables"
    case .constant(let name):
      "\(name) has one value only, so it cannot be scaled; leave it as it is"
    case .misaligned(let first, let second):
      "\(first) and \(second) do not have the same events; drop no events of one alone"
    case .missingValue(let name, let line):
      "\(name) has no value at line \(line) of the events; drop such events with DropNA, or replace "
        + "them by Scale with ReplaceNA"
    case .missingVolume(let name):
      "\(name) has no value at some volume; replace it by Scale with ReplaceNA"
    case .outputCount(let names, let variables):
      "Output has \(names) names for \(variables) variables; name each"
    case .unknownLevel(let level, let name, let found):
      "\(name) has no level \(level), only \(listed(found))"
    case .lonelyDerivative(let name):
      "\(name) is in X without the response it is a derivative of, or without the derivative before "
        + "it; add that"
    case .badTime(let name, let line):
      "\(name) would begin or last no number of seconds at line \(line) of the events"
    }
  }
}
