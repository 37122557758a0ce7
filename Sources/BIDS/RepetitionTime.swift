import Files

/// What is wrong with a repetition time.
public enum RepetitionTimeProblem: Equatable, Sendable {
  /// Neither the sidecar nor the image's header states one.
  case missing

  /// The sidecar states 0, a negative number or no number.
  case notPositive(Double)

  /// The value is so long or so short that its unit must be wrong, in what is taken as s.
  case implausible(Double, inSidecar: Bool)

  var sentence: String {
    switch self {
    case .missing:
      """
      neither the sidecar nor the header states a repetition time; \
      write RepetitionTime, in seconds, into the sidecar
      """
    case .notPositive(let value):
      "RepetitionTime is \(number(value)) s; write the true one, in seconds, into the sidecar"
    case .implausible(let value, true):
      """
      RepetitionTime is \(number(value)), which looks like \
      \(value > 60_000 ? "microseconds" : value > 1 ? "milliseconds" : "another unit"); \
      write it in seconds
      """
    case .implausible(let value, false):
      """
      the header's repetition time is \(number(value)) s, so its unit is likely wrong; \
      write RepetitionTime, in seconds, into a sidecar
      """
    }
  }
}

/// Returns the repetition time of a run, trusting the sidecar over the image's header.
///
/// The two disagree when they differ by more than 1 ms or by more than 0.1 %: then the sidecar's is
/// used and the note names both. Both can still be wrong, so the one used belongs into every report.
///
/// - Parameters:
///   - sidecar: `RepetitionTime` of the sidecar, in s, if there is one.
///   - header: The repetition time of the image's header, in s; `nil` or 0 where it states none.
///   - path: The image, for the error.
/// - Returns: The repetition time in s, and a sentence where the choice is worth one.
/// - Throws: ``BIDSError`` where there is none, it is not positive, or it lies outside 0.05 s to 60 s,
///   which only a wrong unit explains.
public func repetitionTime(
  sidecar: Double?,
  header: Double?,
  path: String
) throws(BIDSError) -> (seconds: Double, note: String?) {
  func refuse(_ problem: RepetitionTimeProblem) -> BIDSError {
    BIDSError(path: path, reason: .repetitionTime(problem))
  }
  let plausible = 0.05...60.0
  let stated = header.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }

  guard let sidecar else {
    guard let stated else { throw refuse(.missing) }
    guard plausible.contains(stated) else { throw refuse(.implausible(stated, inSidecar: false)) }
    return (
      stated,
      "the repetition time of \(number(stated)) s is the header's, since no sidecar states one"
    )
  }
  guard sidecar.isFinite, sidecar > 0 else { throw refuse(.notPositive(sidecar)) }
  guard plausible.contains(sidecar) else { throw refuse(.implausible(sidecar, inSidecar: true)) }
  guard let stated, abs(stated - sidecar) > min(0.001, 0.001 * sidecar) else {
    return (sidecar, nil)
  }
  return (
    sidecar,
    """
    the sidecar's repetition time of \(number(sidecar)) s was used; \
    the header says \(number(stated)) s
    """
  )
}
