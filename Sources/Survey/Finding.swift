/// Something that a person should know before an analysis, about a run, a participant or a dataset.
public struct Finding: Codable, Hashable, Sendable {
  /// How much it stands in the way.
  public enum Severity: String, Codable, Comparable, Sendable {
    /// The analysis would refuse the participant.
    case blocker

    /// The analysis would be done, and its numbers need a look.
    case warning

    /// What would be done, or left alone, without harm.
    case note

    private var rank: Int { self == .blocker ? 0 : self == .warning ? 1 : 2 }

    /// Whether one is worse than another.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  }

  /// How much it stands in the way.
  public let severity: Severity

  /// Its cause as a word that programs can rely on.
  public let cause: String

  /// What it is and what to do, in a sentence without the file.
  public let sentence: String

  /// The file it is about, below the dataset's folder, with the line where there is one.
  public let place: String?

  /// How bad it is among others of its kind; the worst stands for all.
  public let weight: Double?

  /// Creates a finding.
  ///
  /// - Parameters:
  ///   - severity: How much it stands in the way.
  ///   - cause: Its cause as a word.
  ///   - sentence: What it is and what to do.
  ///   - place: The file it is about, below the dataset's folder.
  ///   - weight: How bad it is among others of its kind.
  init(
    _ severity: Severity,
    _ cause: String,
    _ sentence: String,
    place: String? = nil,
    weight: Double? = nil
  ) {
    (self.severity, self.cause, self.sentence) = (severity, cause, sentence)
    (self.place, self.weight) = (place, weight)
  }

  /// Takes a sentence that may start with a file of the dataset, and its line, as a finding there.
  ///
  /// - Parameters:
  ///   - severity: How much it stands in the way.
  ///   - cause: Its cause as a word.
  ///   - words: The sentence.
  ///   - root: The dataset's folder.
  init(_ severity: Severity, _ cause: String, words: String, root: String) {
    let folder = root + "/"
    guard words.hasPrefix(folder), let end = words.firstRange(of: ": ") else {
      self.init(severity, cause, words.replacing(folder, with: ""))
      return
    }
    let place = words[..<end.lowerBound].dropFirst(folder.count)
    let sentence = String(words[end.upperBound...]).replacing(folder, with: "")
    self.init(severity, cause, sentence, place: String(place))
  }
}
