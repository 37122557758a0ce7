import Files

/// What the JSON files of a run say about its image, merged by the inheritance principle.
///
/// A JSON file applies to an image when it has the same suffix, lies in the image's folder or one
/// above it, and names no entity that the image lacks. The nearest file wins, key by key; in one folder
/// the file that names more entities wins.
public struct Sidecar: Equatable, Sendable {
  /// Every key with its value.
  public let values: [String: JSONValue]

  /// The files it was merged from, the one that decides last.
  public let sources: [String]

  /// The file each key was taken from, for messages.
  private let origins: [String: String]

  /// A sidecar that says nothing.
  public init() {
    (values, sources, origins) = ([:], [], [:])
  }

  /// Reads and merges sidecars.
  ///
  /// - Parameter paths: The files, from the farthest to the nearest.
  /// - Throws: ``BIDSError`` where a file is no JSON object, or a key that is used has a value of the
  ///   wrong kind.
  public init(merging paths: [String]) throws(BIDSError) {
    var (values, origins): ([String: JSONValue], [String: String]) = ([:], [:])
    for path in paths {
      for (key, value) in try readObject(path) {
        (values[key], origins[key]) = (value, path)
      }
    }
    (self.values, sources, self.origins) = (values, paths, origins)
    try check()
  }

  /// Refuses a value of the wrong kind at the start, so that reading one later cannot fail.
  private func check() throws(BIDSError) {
    for key in ["RepetitionTime", "StartTime", "EchoTime", "DelayTime"]
    where present(key) && number(key) == nil {
      throw wrongValue(key, expected: "a number of seconds")
    }
    for key in ["SliceTiming", "VolumeTiming"] where present(key) && numbers(key) == nil {
      throw wrongValue(key, expected: "a list of numbers of seconds")
    }
    if let times = sliceTiming, times.contains(where: { $0 < 0 }) {
      throw wrongValue("SliceTiming", expected: "a list of times that are not negative")
    }
  }
}

extension Sidecar {
  /// The time from one volume to the next, in s.
  public var repetitionTime: Double? { number("RepetitionTime") }

  /// When each slice was acquired, in s after the start of the volume; one value per slice.
  public var sliceTiming: [Double]? { numbers("SliceTiming") }

  /// When each volume was acquired, in s, where the volumes are not evenly spaced.
  public var volumeTiming: [Double]? { numbers("VolumeTiming") }

  /// The time the first volume's values stand for, in s after the start of the run.
  public var startTime: Double? { number("StartTime") }

  /// The echo time, in s.
  public var echoTime: Double? { number("EchoTime") }

  /// The silent time at the end of every volume, in s.
  public var delayTime: Double? { number("DelayTime") }

  /// The image axis slices are counted along: `i`, `j` or `k`, with a minus where against it.
  public var sliceEncodingDirection: String? { string("SliceEncodingDirection") }

  /// The image axis phases are encoded along.
  public var phaseEncodingDirection: String? { string("PhaseEncodingDirection") }

  /// The task's name in words.
  public var taskName: String? { string("TaskName") }

  /// Whether the times of the slices were corrected before.
  public var sliceTimingCorrected: Bool? { flag("SliceTimingCorrected") }

  /// Whether all but the brain was taken out before.
  public var skullStripped: Bool? { flag("SkullStripped") }

  /// Returns the slice times after comparing them with the length of a volume.
  ///
  /// - Parameter repetitionTime: The time from one volume to the next, in s.
  /// - Returns: One time per slice in s, or `nil` where the sidecar states none.
  /// - Throws: ``BIDSError`` where a slice would be acquired after its volume, which only a wrong unit
  ///   or a wrong repetition time explains.
  public func sliceTiming(within repetitionTime: Double) throws(BIDSError) -> [Double]? {
    guard let times = sliceTiming else { return nil }
    let largest = times.max() ?? 0
    guard largest <= repetitionTime else {
      throw BIDSError(
        path: origins["SliceTiming"] ?? "sidecar",
        reason: .sliceTimingBeyondVolume(largest: largest, repetitionTime: repetitionTime)
      )
    }
    return times
  }

  /// Returns the time that values stand for after comparing it with the length of a volume.
  ///
  /// - Parameter repetitionTime: The time from one volume to the next, in s.
  /// - Returns: The time in s after the start of a volume, or `nil` where the sidecar states none.
  /// - Throws: ``BIDSError`` where it lies before the first volume or after it.
  public func startTime(within repetitionTime: Double) throws(BIDSError) -> Double? {
    guard let time = startTime else { return nil }
    guard time >= 0, time <= repetitionTime else {
      throw BIDSError(
        path: origins["StartTime"] ?? "sidecar",
        reason: .startTimeOutsideVolume(time, repetitionTime: repetitionTime)
      )
    }
    return time
  }

  private func present(_ key: String) -> Bool {
    values[key].map { $0 != .null } ?? false
  }

  private func number(_ key: String) -> Double? {
    guard case .number(let value) = values[key] else { return nil }
    return value
  }

  private func numbers(_ key: String) -> [Double]? {
    guard case .array(let elements) = values[key], !elements.isEmpty else { return nil }
    let numbers = elements.compactMap { if case .number(let value) = $0 { value } else { nil } }
    return numbers.count == elements.count ? numbers : nil
  }

  private func string(_ key: String) -> String? {
    guard case .string(let value) = values[key] else { return nil }
    return value
  }

  private func flag(_ key: String) -> Bool? {
    guard case .bool(let value) = values[key] else { return nil }
    return value
  }

  private func wrongValue(_ key: String, expected: String) -> BIDSError {
    BIDSError(path: origins[key] ?? "sidecar", reason: .wrongValue(key: key, expected: expected))
  }
}

/// Reads a JSON file that holds values by key.
func readObject(_ path: String) throws(BIDSError) -> [String: JSONValue] {
  let content = try text(of: path)
  let value: JSONValue
  do throws(JSONValue.SyntaxError) {
    value = try JSONValue(parsing: content)
  } catch {
    throw BIDSError(path: path, reason: .syntax(error))
  }
  guard case .object(let members) = value else {
    throw BIDSError(path: path, reason: .notAnObject)
  }
  return members
}

/// Reads a text file.
func text(of path: String) throws(BIDSError) -> String {
  do throws(FileError) {
    return try readText(path)
  } catch {
    throw BIDSError(error)
  }
}
