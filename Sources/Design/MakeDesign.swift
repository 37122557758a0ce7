import Algebra
public import Job

/// What a run's design is made of.
public struct DesignRequest: Sendable {
  /// The conditions and their modulators.
  public var conditions: [Condition]

  /// When the stimulus regressors are sampled, in s, one time per volume.
  ///
  /// The design of one slice has that slice's times here and shares everything else.
  public var frameTimes: [Double]

  /// The run's times of reference, in s, one per volume, ascending.
  public var referenceFrameTimes: [Double]

  /// The time from one volume to the next, in s.
  public var repetitionTime: Double

  /// The shape of the response.
  public var hemodynamics: Hemodynamics

  /// The drift.
  public var drift: Drift

  /// The confounds, of all volumes.
  public var confounds: ConfoundColumns?

  /// The volumes that are not censored, counted from 0, ascending.
  public var keptVolumes: [Int]

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - conditions: The conditions and their modulators.
  ///   - frameTimes: When the stimulus regressors are sampled, in s.
  ///   - referenceFrameTimes: The run's times of reference, in s; `nil` for the frame times.
  ///   - repetitionTime: The time from one volume to the next, in s.
  ///   - hemodynamics: The shape of the response.
  ///   - drift: The drift.
  ///   - confounds: The confounds, of all volumes.
  ///   - keptVolumes: The volumes that are not censored; `nil` for all.
  public init(
    conditions: [Condition],
    frameTimes: [Double],
    referenceFrameTimes: [Double]? = nil,
    repetitionTime: Double,
    hemodynamics: Hemodynamics,
    drift: Drift,
    confounds: ConfoundColumns? = nil,
    keptVolumes: [Int]? = nil
  ) {
    self.conditions = conditions
    self.frameTimes = frameTimes
    self.referenceFrameTimes = referenceFrameTimes ?? frameTimes
    self.repetitionTime = repetitionTime
    self.hemodynamics = hemodynamics
    self.drift = drift
    self.confounds = confounds
    self.keptVolumes = keptVolumes ?? Array(frameTimes.indices)
  }
}

/// Returns the design of a run.
///
/// Regressors are boxcars of height 1 (or of the events' amplitudes, which add up where events
/// overlap) through a response of unit integral. Modulators have no derivatives of their own; under a
/// finite impulse response they have its delays. Confounds are standardised over the kept volumes;
/// those that do not vary are left out and noted, as are events after the run's end.
///
/// - Parameter request: What it is made of.
/// - Returns: The design of all volumes.
/// - Throws: ``DesignError`` where the request does not fit together, or a regressor would be empty.
public func makeDesign(_ request: DesignRequest) throws(DesignError) -> DesignMatrix {
  try validate(request)
  var assembly = DesignAssembly(volumeCount: request.frameTimes.count)
  try assembly.addStimuli(of: request)
  assembly.addConfounds(of: request)
  let drifts = try driftColumns(
    request.drift,
    volumeCount: request.frameTimes.count,
    repetitionTime: request.repetitionTime
  )
  for (place, values) in drifts.enumerated() {
    assembly.add("drift_\(place + 1)", .drift, values)
  }
  assembly.add("constant", .constant, [Double](repeating: 1, count: request.frameTimes.count))
  return try assembly.design()
}

/// Refuses a request whose parts do not fit together.
private func validate(_ request: DesignRequest) throws(DesignError) {
  let count = request.frameTimes.count
  guard count >= 2 else { throw .tooFewVolumes(count: count) }
  let repetitionTime = request.repetitionTime
  guard repetitionTime > 0.001, repetitionTime < 1000 else {
    throw .badRepetitionTime(repetitionTime)
  }
  let references = request.referenceFrameTimes.count
  guard references == count else {
    throw .wrongLength(what: "reference times", found: references, expected: count)
  }
  try requireEven(request.frameTimes, repetitionTime)
  try requireEven(request.referenceFrameTimes, repetitionTime)
  if let confounds = request.confounds, confounds.matrix.rowCount != count {
    let found = confounds.matrix.rowCount
    throw .wrongLength(what: "confounds", found: found, expected: count)
  }
  let kept = request.keptVolumes
  guard let first = kept.first, let last = kept.last, first >= 0, last < count,
    zip(kept, kept.dropFirst()).allSatisfy({ $0 < $1 })
  else { throw .badKeptVolumes }
  if case .finiteImpulseResponse(let delays) = request.hemodynamics {
    guard !delays.isEmpty, Set(delays).count == delays.count,
      delays.allSatisfy({ $0 >= 0 && $0 < count })
    else { throw .badDelays(delays) }
  }
}

/// Refuses frame times that are not about one repetition time apart, or lie years away.
private func requireEven(_ times: [Double], _ repetitionTime: Double) throws(DesignError) {
  let isEven = times.enumerated().allSatisfy { volume, time in
    let expected = times[0] + Double(volume) * repetitionTime
    return abs(time) < 1e7 && abs(time - expected) < 0.5 * repetitionTime
  }
  guard isEven else { throw .unevenFrameTimes }
}
